//! A server with candidates in front of it, and the phases that a scenario is made of.

use std::{
    fmt,
    net::SocketAddr,
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Result, bail};
use serde::Serialize;
use test_kit::{SECRET, Server};

use crate::{
    crowd::{Crowd, Due},
    doors::Doors,
    institution::{self, Institution, Person},
    measure::{Act, ActSummary, Recorder},
    processes,
    server::{Running, Used},
};

/// A phase, measured.
#[derive(Clone, Debug, Serialize)]
pub struct Phase {
    /// What was done.
    pub name: String,
    /// How long it took, in seconds, to the last answer.
    pub seconds: f64,
    /// CPU time of the server in seconds.
    pub server_cpu: f64,
    /// CPU time of the database's own processes in seconds.
    pub database_cpu: f64,
    /// CPU time of the generator in seconds: what it took away from the server.
    pub generator_cpu: f64,
    /// Memory of the server at the end, in bytes.
    pub server_memory: u64,
    /// What candidates felt.
    pub acts: Vec<ActSummary>,
}

impl Phase {
    /// What candidates felt of one act.
    pub fn act(&self, act: Act) -> Option<&ActSummary> {
        self.acts.iter().find(|summary| summary.act == act)
    }

    /// How many acts failed.
    pub fn failed(&self) -> u64 {
        self.acts.iter().map(ActSummary::failed).sum()
    }

    /// Acts that were answered well.
    pub fn done(&self) -> u64 {
        self.acts.iter().map(|summary| summary.done).sum()
    }

    /// CPU time of server and database for each act that was answered well, in microseconds.
    pub fn micros_each(&self) -> f64 {
        (self.server_cpu + self.database_cpu) * 1e6 / (self.done().max(1) as f64)
    }
}

/// How long the server may go on with what it does behind its answers.
const SETTLED_SECONDS_MAX: u32 = 300;
/// A server that uses less than this in a second is idle.
const IDLE_CPU_MAX: Duration = Duration::from_millis(50);

/// What was used when a phase began.
struct Began {
    at: Instant,
    used: Used,
    own: processes::Usage,
}

/// A server with candidates in front of it.
pub struct Stage {
    /// The server.
    pub running: Running,
    /// The candidates.
    pub crowd: Crowd,
    /// What they sit.
    pub institution: Institution,
}

impl Stage {
    /// Makes an institution of `candidates` candidates on a server that has none, over at most `connections`.
    ///
    /// # Errors
    /// What the server refused.
    pub async fn set(running: Running, candidates: usize, connections: usize) -> Result<Self> {
        eprintln!("  making {candidates} candidates");
        let institution =
            institution::found(&Doors::One(running.address()), running.staff(), candidates).await?;
        let crowd = Crowd::new(running.address(), &institution.slips, connections)?;
        Ok(Self { running, crowd, institution })
    }

    /// The same with another process on the same data, to which nobody is connected yet.
    ///
    /// # Errors
    /// When the one before doesn't end well.
    pub fn anew(self) -> Result<Self> {
        let Self { running, crowd, institution } = self;
        crowd.hang_up();
        let running = running.anew()?;
        let crowd = crowd.at(running.address())?;
        Ok(Self { running, crowd, institution })
    }

    /// Everybody checks in, takes the lease and fetches the sealed paper.
    ///
    /// # Errors
    /// Never in practice.
    pub async fn admit(&self) -> Result<Vec<Phase>> {
        let many = self.crowd.len();
        let within = Duration::from_secs_f64(many as f64 / 2_500.0);
        let check_in = self.run("check-in", crate::crowd::all_within(many, Act::CheckIn, within)).await?;
        let open = self.run("open", crate::crowd::all_within(many, Act::Open, within)).await?;
        let prefetch = self.run("prefetch", crate::crowd::all_within(many, Act::Prefetch, within)).await?;
        Ok(vec![check_in, open, prefetch])
    }

    /// Runs a schedule as a phase.
    ///
    /// # Errors
    /// Never in practice.
    pub async fn run(&self, name: &str, schedule: impl Iterator<Item = Due>) -> Result<Phase> {
        let began = self.begin();
        let recorder = self.crowd.run(name, schedule).await?;
        Ok(self.end(name, &began, &recorder))
    }

    /// Keeps `at_once` candidates saving without a pause for `during`.
    ///
    /// # Errors
    /// Never in practice.
    pub async fn saturate(&self, name: &str, act: Act, at_once: usize, during: Duration) -> Result<Phase> {
        let began = self.begin();
        let recorder = self.crowd.saturate(act, at_once, during).await?;
        Ok(self.end(name, &began, &recorder))
    }

    /// Runs a schedule, and another one of other people beside it, as one phase.
    ///
    /// # Errors
    /// Never in practice.
    pub async fn run_beside(
        &self,
        name: &str,
        schedule: impl Iterator<Item = Due>,
        others: &Crowd,
        beside: impl Iterator<Item = Due>,
    ) -> Result<Phase> {
        let began = self.begin();
        let recorder = Recorder::new()?;
        futures::future::join(
            self.crowd.run_into(&recorder, name, schedule),
            others.run_into(&recorder, "beside", beside),
        )
        .await;
        Ok(self.end(name, &began, &recorder))
    }

    /// Gives `count` candidates a password.
    ///
    /// # Errors
    /// What the server refused.
    pub async fn people_with_passwords(&self, count: usize) -> Result<Vec<Person>> {
        eprintln!("  giving {count} people a password");
        self.institution.give_passwords(self.running.address(), count).await
    }

    /// Waits until the server has done what it does behind its answers: events, hand-overs, marking.
    pub async fn settle(&self) {
        for _ in 0..SETTLED_SECONDS_MAX {
            let before = self.running.used();
            tokio::time::sleep(Duration::from_secs(1)).await;
            let now = self.running.used();
            let busy = (now.server - before.server) + (now.database - before.database);
            if busy < IDLE_CPU_MAX {
                return;
            }
        }
        eprintln!("  the server is still busy after {SETTLED_SECONDS_MAX} s");
    }

    /// [`settle`](Self::settle), as a phase.
    ///
    /// # Errors
    /// Never in practice.
    pub async fn measure_settling(&self) -> Result<Phase> {
        self.measure("afterwards", async { Ok(()) }).await
    }

    /// Somebody in charge does something; it and what the server does behind it are a phase.
    ///
    /// # Errors
    /// What the server refused.
    pub async fn measure(&self, name: &str, what: impl Future<Output = Result<()>>) -> Result<Phase> {
        let (began, recorder) = (self.begin(), Recorder::new()?);
        what.await?;
        self.settle().await;
        Ok(self.end(name, &began, &recorder))
    }

    fn begin(&self) -> Began {
        Began { at: Instant::now(), used: self.running.used(), own: processes::own() }
    }

    fn end(&self, name: &str, began: &Began, recorder: &Recorder) -> Phase {
        phase(name, began, self.running.used(), recorder)
    }
}

/// An endpoint that does nothing, behind everything that every endpoint shares.
pub struct Echo(Server);

impl Echo {
    /// Starts the baseline's binary.
    ///
    /// # Errors
    /// When it isn't there.
    pub fn start(binary: &Path) -> Result<Self> {
        let mut command = Command::new(binary);
        command.env_clear().env("JWT_SECRET", SECRET).stderr(Stdio::null());
        if !binary.is_file() {
            bail!("{} is not there: build it", binary.display());
        }
        Ok(Self(Server::start(command)))
    }

    /// Where it listens.
    pub const fn address(&self) -> SocketAddr {
        self.0.address
    }

    /// Runs a schedule as a phase.
    ///
    /// # Errors
    /// Never in practice.
    pub async fn run(&self, crowd: &Crowd, name: &str, schedule: impl Iterator<Item = Due>) -> Result<Phase> {
        let began = self.begin();
        let recorder = crowd.run(name, schedule).await?;
        Ok(phase(name, &began, self.used(), &recorder))
    }

    /// Keeps `at_once` candidates at it without a pause for `during`.
    ///
    /// # Errors
    /// Never in practice.
    pub async fn saturate(
        &self,
        crowd: &Crowd,
        name: &str,
        at_once: usize,
        during: Duration,
    ) -> Result<Phase> {
        let began = self.begin();
        let recorder = crowd.saturate(Act::Echo, at_once, during).await?;
        Ok(phase(name, &began, self.used(), &recorder))
    }

    fn used(&self) -> Used {
        Used { server: processes::usage(self.0.id()), ..Used::default() }
    }

    fn begin(&self) -> Began {
        Began { at: Instant::now(), used: self.used(), own: processes::own() }
    }
}

impl fmt::Debug for Echo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Echo({})", self.0.address)
    }
}

fn phase(name: &str, began: &Began, used: Used, recorder: &Recorder) -> Phase {
    let own = processes::own();
    let phase = Phase {
        name: name.to_owned(),
        seconds: began.at.elapsed().as_secs_f64(),
        server_cpu: (used.server - began.used.server).as_secs_f64(),
        database_cpu: (used.database - began.used.database).as_secs_f64(),
        generator_cpu: (own - began.own).as_secs_f64(),
        server_memory: used.server.resident_bytes,
        acts: recorder.summary(),
    };
    tell(&phase);
    phase
}

/// Prints a phase.
fn tell(phase: &Phase) {
    let Phase { name, seconds, server_cpu, database_cpu, generator_cpu, server_memory, .. } = phase;
    eprintln!(
        "  {name}: {seconds:.1} s; CPU server {server_cpu:.2} s, database {database_cpu:.2} s, generator \
         {generator_cpu:.2} s; server {} MiB; {:.0} µs of CPU each",
        server_memory >> 20,
        phase.micros_each()
    );
    for act in &phase.acts {
        let ActSummary { done, p50_ms, p99_ms, p999_ms, max_ms, .. } = act;
        eprintln!(
            "    {}: {done} done, p50 {p50_ms:.1} ms, p99 {p99_ms:.1} ms, p99.9 {p999_ms:.1} ms, slowest {max_ms:.1} ms",
            act.act.name()
        );
        for (how, count) in &act.errors {
            eprintln!("      {count} failed: {how}");
        }
    }
}

impl fmt::Debug for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Stage({:?}, {:?})", self.running, self.crowd)
    }
}
