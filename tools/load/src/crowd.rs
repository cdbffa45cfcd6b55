//! Many candidates at once, over a number of connections, each acting when its time has come and not when the server
//! is done with the one before.

use std::{
    cell::{Cell, RefCell},
    fmt,
    net::SocketAddr,
    rc::Rc,
    time::{Duration, Instant},
};

use anyhow::Result;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, WeakUnboundedSender, unbounded_channel};

use crate::{
    candidate::{Candidate, Papers},
    connection::Connection,
    institution::{Person, Slip},
    measure::{Act, Recorder},
    socket::listen,
};

/// How often the schedule is looked at.
const TICK: Duration = Duration::from_millis(1);
/// How often progress is printed.
const PROGRESS: Duration = Duration::from_secs(5);

/// Something that a candidate is to do at a time.
#[derive(Clone, Copy, Debug)]
pub struct Due {
    /// When, from the beginning of the schedule.
    pub at: Duration,
    /// Who.
    pub candidate: usize,
    /// What.
    pub act: Act,
}

enum Asked {
    /// To let a candidate act.
    Act(Do),
    /// To close the connection.
    HangUp,
}

struct Do {
    place: usize,
    act: Act,
    due: Instant,
    /// Until when to do it again at once.
    until: Option<Instant>,
}

/// The candidates.
pub struct Crowd {
    candidates: Rc<RefCell<Vec<Candidate>>>,
    connections: Vec<UnboundedSender<Asked>>,
    waiting: Rc<Cell<u64>>,
    recorder: Rc<RefCell<Recorder>>,
    changed: Rc<Cell<Option<Instant>>>,
}

impl Crowd {
    /// These candidates, over at most `connections` connections to `address`.
    ///
    /// # Errors
    /// Never in practice.
    pub fn new(address: SocketAddr, slips: &[Slip], connections: usize) -> Result<Self> {
        let papers = Papers::default();
        let candidates: Vec<Candidate> =
            slips.iter().map(|slip| Candidate::new(&slip.code, &papers)).collect();
        Self::over(address, Rc::new(RefCell::new(candidates)), connections)
    }

    /// People who sign in with passwords, each over a connection of their own.
    ///
    /// # Errors
    /// Never in practice.
    pub fn of_people(address: SocketAddr, people: &[Person]) -> Result<Self> {
        let candidates: Vec<Candidate> = people.iter().map(Candidate::person).collect();
        Self::over(address, Rc::new(RefCell::new(candidates)), people.len())
    }

    /// The same candidates, over as many new connections to `address`; the old ones are closed.
    ///
    /// # Errors
    /// Never in practice.
    pub fn at(&self, address: SocketAddr) -> Result<Self> {
        self.hang_up();
        Self::over(address, Rc::clone(&self.candidates), self.connections.len())
    }

    /// Closes every connection; each opens again when it is needed.
    pub fn hang_up(&self) {
        for connection in &self.connections {
            let _ = connection.send(Asked::HangUp);
        }
    }

    fn over(
        address: SocketAddr,
        candidates: Rc<RefCell<Vec<Candidate>>>,
        connections: usize,
    ) -> Result<Self> {
        let waiting = Rc::new(Cell::new(0));
        let recorder = Rc::new(RefCell::new(Recorder::new()?));
        let changed = Rc::default();
        let many = candidates.borrow().len();
        let connections = (0..connections.min(many).max(1))
            .map(|_| {
                let (sender, asked) = unbounded_channel();
                let worker = Worker {
                    connection: Connection::new(address),
                    candidates: Rc::clone(&candidates),
                    waiting: Rc::clone(&waiting),
                    recorder: Rc::clone(&recorder),
                    changed: Rc::clone(&changed),
                    myself: sender.downgrade(),
                };
                tokio::task::spawn_local(worker.run(asked));
                sender
            })
            .collect();
        Ok(Self { candidates, connections, waiting, recorder, changed })
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.candidates.borrow().len()
    }

    /// Somebody in charge is about to change something: who has a socket and hears of it looks at it, and says that they saw it.
    pub fn expect_hints(&self) {
        self.changed.set(Some(Instant::now()));
    }

    /// From now on hints are of what candidates do themselves.
    pub fn expect_no_hints(&self) {
        self.changed.set(None);
    }

    /// Runs a schedule, in the order of its times, and waits for the last answer; gives what was measured in it.
    ///
    /// # Errors
    /// Never in practice.
    pub async fn run(&self, what: &str, schedule: impl Iterator<Item = Due>) -> Result<Recorder> {
        let recorder = Recorder::new()?;
        self.run_into(&recorder, what, schedule).await;
        Ok(recorder)
    }

    /// Runs a schedule, and takes down in `recorder` what is measured.
    pub async fn run_into(&self, recorder: &Recorder, what: &str, schedule: impl Iterator<Item = Due>) {
        self.recorder.replace(recorder.clone());
        let started = Instant::now();
        let mut told = started;
        let mut schedule = schedule.peekable();
        let mut ticks = tokio::time::interval(TICK);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Skip);
        while schedule.peek().is_some() || self.waiting.get() > 0 {
            ticks.tick().await;
            let now = started.elapsed();
            while let Some(due) = schedule.next_if(|due| due.at <= now) {
                let Due { at, candidate, act } = due;
                self.ask(Do { place: candidate, act, due: started + at, until: None });
            }
            if told.elapsed() >= PROGRESS {
                told = Instant::now();
                let (done, failed) = recorder.totals();
                let waiting = self.waiting.get();
                eprintln!(
                    "  {what}: {:>4.0} s, {done} done, {failed} failed, {waiting} waiting",
                    now.as_secs_f64()
                );
            }
        }
    }

    /// Keeps the first `at_once` candidates at `act` without a pause for `during`: what the server can do at most.
    ///
    /// # Errors
    /// Never in practice.
    pub async fn saturate(&self, act: Act, at_once: usize, during: Duration) -> Result<Recorder> {
        let recorder = Recorder::new()?;
        self.recorder.replace(recorder.clone());
        let now = Instant::now();
        for place in 0..at_once.min(self.len()) {
            self.ask(Do { place, act, due: now, until: Some(now + during) });
        }
        while self.waiting.get() > 0 {
            tokio::time::sleep(TICK).await;
        }
        Ok(recorder)
    }

    fn ask(&self, what: Do) {
        self.waiting.set(self.waiting.get() + 1);
        let connection = &self.connections[what.place % self.connections.len()];
        // The workers live as long as their senders.
        let _ = connection.send(Asked::Act(what));
    }
}

impl fmt::Debug for Crowd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Crowd({} candidates, {} connections)", self.len(), self.connections.len())
    }
}

struct Worker {
    connection: Connection,
    candidates: Rc<RefCell<Vec<Candidate>>>,
    waiting: Rc<Cell<u64>>,
    recorder: Rc<RefCell<Recorder>>,
    changed: Rc<Cell<Option<Instant>>>,
    /// Itself, for what a hint has it do.
    myself: WeakUnboundedSender<Asked>,
}

impl Worker {
    async fn run(mut self, mut asked: UnboundedReceiver<Asked>) {
        while let Some(asked) = asked.recv().await {
            let Asked::Act(Do { place, act, mut due, until }) = asked else {
                self.connection.close();
                continue;
            };
            loop {
                let outcome = self.act(place, act).await;
                let recorder = self.recorder.borrow().clone();
                match outcome {
                    Ok(()) => recorder.done(act, due),
                    Err(how) => recorder.failed(act, due, how),
                }
                due = Instant::now();
                if until.is_none_or(|until| due >= until) {
                    break;
                }
            }
            self.waiting.set(self.waiting.get() - 1);
        }
    }

    async fn act(&mut self, place: usize, act: Act) -> Result<(), String> {
        if act == Act::Connect {
            let ticket = self.candidates.borrow().get(place).map(|one| one.ticket().to_owned());
            return listen(self.connection.address(), &ticket.unwrap_or_default(), self.hinted(place))
                .await
                .map_err(|error| format!("{error:#}"));
        }
        let request = {
            let mut candidates = self.candidates.borrow_mut();
            let candidate = candidates.get_mut(place).ok_or("nobody")?;
            candidate.request(act).map_err(|error| error.to_string())?
        };
        let reply = self.connection.send(request).await.map_err(|error| format!("{error:#}"))?;
        let mut candidates = self.candidates.borrow_mut();
        candidates.get_mut(place).ok_or("nobody")?.take(act, &reply)
    }

    /// What the candidate at `place` does when a hint comes: as the player they look, and say what they saw. The first hint of a
    /// change counts.
    fn hinted(&self, place: usize) -> impl Fn() + use<> {
        let (changed, recorder) = (Rc::clone(&self.changed), Rc::clone(&self.recorder));
        let (waiting, myself) = (Rc::clone(&self.waiting), self.myself.clone());
        let heard = Cell::new(None);
        move || {
            let Some(since) = changed.get().filter(|since| heard.get() != Some(*since)) else { return };
            heard.set(Some(since));
            recorder.borrow().done(Act::Hint, since);
            let Some(myself) = myself.upgrade() else { return };
            for act in [Act::Look, Act::Seen] {
                waiting.set(waiting.get() + 1);
                let _ = myself.send(Asked::Act(Do { place, act, due: Instant::now(), until: None }));
            }
        }
    }
}

/// Every candidate does `act` once, spread evenly over `within`.
pub fn all_within(candidates: usize, act: Act, within: Duration) -> impl Iterator<Item = Due> {
    let step = within.as_secs_f64() / candidates.max(1) as f64;
    (0..candidates).map(move |candidate| Due {
        at: Duration::from_secs_f64(step * candidate as f64),
        candidate,
        act,
    })
}

/// Every candidate does `act` each `every`, for `during`; they are spread evenly over `every`.
pub fn all_each(candidates: usize, act: Act, every: Duration, during: Duration) -> impl Iterator<Item = Due> {
    let step = every.as_secs_f64() / candidates.max(1) as f64;
    let total = (during.as_secs_f64() / step.max(f64::MIN_POSITIVE)) as usize;
    (0..total).map(move |number| Due {
        at: Duration::from_secs_f64(step * number as f64),
        candidate: number % candidates.max(1),
        act,
    })
}
