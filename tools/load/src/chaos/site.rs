//! What is harmed: the processes of an installation, what they need, and how to reach them.

use std::{
    fs::{self, File},
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use anyhow::{Context as _, Result, bail};
use authz::Service;
use foundation::Span;
use serde::Serialize;
use test_kit::{OwnRabbit, OwnRedis, Server};

use super::{Day, Plan, aside, proxy::Target, store::Store};
use crate::{doors::Doors, installation::Installation};

/// Replicas of exam-service, where each service has processes of its own.
pub const EXAM_REPLICAS: usize = 2;
/// How long a process goes on serving after it was told to stop, where there is another one to go to.
const DRAIN_SECONDS: &str = "4";
/// How long a process may take until it is fit for work.
const FIT_MAX: Duration = Duration::from_secs(60);
const LOOK: Duration = Duration::from_millis(100);

/// How services are spread over processes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// All of them in one.
    OneProcess,
    /// A process per service, two for exam-service, with RabbitMQ and Redis.
    ProcessPerService,
}

/// Which version of the product a process runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// The one before, where there is one.
    Before,
    /// This one.
    This,
}

/// A process of the installation, whether it runs or not.
struct Process {
    /// `all`, `auth`, `exam-2`.
    name: String,
    /// What runs in it; none: everything.
    service: Option<Service>,
    server: Option<Server>,
    version: Version,
    address: SocketAddr,
    /// Says by how much its clock is off.
    clock: Option<PathBuf>,
}

/// Processes, what they need, and how to reach them.
pub struct Site {
    installation: Arc<Installation>,
    /// The binary of the version before.
    before: Option<PathBuf>,
    processes: Vec<Process>,
    /// Where answers are kept.
    pub store: Store,
    /// Carries facts, where each service has processes of its own.
    pub broker: Option<Arc<OwnRabbit>>,
    /// Carries signals, there.
    pub cache: Option<Arc<OwnRedis>>,
    /// The library by which a process's clock can be stepped.
    clocks: Option<PathBuf>,
}

impl Site {
    /// Starts everything. `clocks`: the library by which a process's clock can be stepped.
    ///
    /// # Errors
    /// When something isn't installed, or doesn't start.
    pub async fn start(plan: &Plan, on: &Path, clocks: Option<PathBuf>) -> Result<Self> {
        let Day { layout, store, .. } = plan.day;
        let store = Store::start(store).await?;
        let (mut broker, mut cache) = (None, None);
        if layout == Layout::ProcessPerService {
            broker = Some(Arc::new(aside(OwnRabbit::start).await?.context("RabbitMQ isn't installed")?));
            cache = Some(Arc::new(aside(OwnRedis::start).await?.context("Redis isn't installed")?));
        }
        let mut variables = vec![("LOG_LEVEL", "warn".to_owned())];
        variables.extend(broker.iter().map(|broker| ("RABBITMQ_URL", broker.url())));
        variables.extend(cache.iter().map(|cache| ("REDIS_URL", cache.url())));
        if layout == Layout::ProcessPerService {
            variables.push(("DRAIN_GRACE", DRAIN_SECONDS.to_owned()));
        }
        variables.extend(plan.variables.iter().filter_map(|variable| {
            let (name, value) = variable.split_once('=')?;
            Some((name, value.to_owned()))
        }));
        let variables: Vec<(String, String)> =
            variables.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        let (binary, before) = (plan.binary.clone(), plan.before.clone());
        let (on, url) = (on.to_owned(), store.url());
        let installation = aside(move || {
            let variables: Vec<_> =
                variables.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            Installation::make((&binary, before.as_deref()), &on, url, &variables)
        })
        .await??;
        let installation = Arc::new(installation);
        let before = plan.before.clone();
        let version = if before.is_some() { Version::Before } else { Version::This };
        let mut site = Self { installation, before, processes: Vec::new(), store, broker, cache, clocks };
        for (name, service) in processes(layout) {
            let clock =
                site.clocks.as_ref().map(|_| site.installation.folder().join(format!("{name}.clock")));
            let address = SocketAddr::from(([127, 0, 0, 1], 0));
            site.processes.push(Process { name, service, server: None, version, address, clock });
            let place = site.processes.len() - 1;
            site.step_clock(place, Span::ZERO)?;
            site.serve(place).await?;
        }
        Ok(site)
    }

    /// The places of a service's processes; of those with everything in them when there are no others.
    pub fn places(&self, service: Service) -> Vec<usize> {
        let of = |process: &Process| process.service.is_none_or(|own| own == service);
        (0..self.processes.len()).filter(|&place| of(&self.processes[place])).collect()
    }

    /// Starts the process at this place, at the address that it had before.
    ///
    /// # Errors
    /// When it ends before it is ready.
    pub async fn serve(&mut self, place: usize) -> Result<()> {
        let neighbours: Vec<(&str, SocketAddr)> =
            [(Service::Auth, "AUTH_SERVICE_URL"), (Service::Question, "QUESTION_SERVICE_URL")]
                .into_iter()
                .filter_map(|(service, variable)| Some((variable, self.address(service)?)))
                // Who was never started is called by nobody yet.
                .filter(|(_, address)| address.port() != 0)
                .collect();
        let process = &mut self.processes[place];
        let mut command = match (&self.before, process.version) {
            (Some(before), Version::Before) => self.installation.command_of(before, "serve"),
            _ => self.installation.command("serve"),
        };
        if let Some(service) = process.service {
            command.args(["--services", service.schema()]);
            command.envs(neighbours.iter().map(|(name, address)| (name, format!("http://{address}"))));
        }
        if let (Some(library), Some(clock)) = (&self.clocks, &process.clock) {
            command
                .env("LD_PRELOAD", library)
                .env("FAKETIME_TIMESTAMP_FILE", clock)
                .env("FAKETIME_NO_CACHE", "1")
                // Timers count on as they do when a machine's clock is set.
                .env("FAKETIME_DONT_FAKE_MONOTONIC", "1");
        }
        let log = self.installation.folder().join(format!("{}.log", process.name));
        command.env("PORT", process.address.port().to_string());
        command.stderr(File::options().create(true).append(true).open(&log)?);
        let started = aside(move || Server::start(command)).await;
        let server = started.with_context(|| {
            let said = fs::read_to_string(&log).unwrap_or_default();
            let last = said.lines().last().unwrap_or("nothing");
            format!("{} doesn't start; its last word was: {last}", process.name)
        })?;
        process.address = server.address;
        process.server = Some(server);
        Ok(())
    }

    /// How many processes there are.
    pub const fn processes(&self) -> usize {
        self.processes.len()
    }

    /// From its next start on the process at this place runs this version.
    ///
    /// # Errors
    /// When there is no version before.
    pub fn set_version(&mut self, place: usize, version: Version) -> Result<()> {
        if self.before.is_none() {
            bail!("--before names no version to upgrade from");
        }
        self.processes[place].version = version;
        Ok(())
    }

    /// Kills the process at this place at once (SIGKILL).
    ///
    /// # Errors
    /// When it didn't run, or died of something else: then nothing is proved.
    pub async fn kill(&mut self, place: usize) -> Result<()> {
        let process = &mut self.processes[place];
        let server = process.server.take().with_context(|| format!("{} doesn't run", process.name))?;
        if !aside(move || server.kill()).await? {
            bail!("{} died of something else", process.name);
        }
        Ok(())
    }

    /// Asks the process at this place to stop (SIGTERM) and waits until it has.
    ///
    /// # Errors
    /// When it doesn't end well.
    pub async fn stop(&mut self, place: usize) -> Result<()> {
        let process = &mut self.processes[place];
        let Some(server) = process.server.take() else { return Ok(()) };
        if !aside(move || server.stop()).await? {
            bail!("{} didn't end well", process.name);
        }
        Ok(())
    }

    /// Asks every process to stop.
    ///
    /// # Errors
    /// When one doesn't end well.
    pub async fn stop_all(&mut self) -> Result<()> {
        let stopping = self.processes.iter_mut().filter_map(|process| {
            let (name, server) = (process.name.clone(), process.server.take()?);
            Some(async move { (name, aside(move || server.stop()).await) })
        });
        for (name, stopped) in futures::future::join_all(stopping).await {
            if !stopped? {
                bail!("{name} didn't end well");
            }
        }
        Ok(())
    }

    /// Sets by how much the clock of the process at this place is off.
    ///
    /// # Errors
    /// When it has no clock of its own.
    pub fn step_clock(&self, place: usize, by: Span) -> Result<()> {
        let Some(clock) = &self.processes[place].clock else { return Ok(()) };
        // Whole at once: the process reads it at any moment.
        let next = clock.with_extension("next");
        fs::write(&next, format!("{:+}", by.as_seconds()))?;
        Ok(fs::rename(next, clock)?)
    }

    /// Waits until the process at this place says that it is fit for work.
    ///
    /// # Errors
    /// When it never does.
    pub async fn until_ready(&self, place: usize) -> Result<()> {
        let process = &self.processes[place];
        let began = std::time::Instant::now();
        while began.elapsed() < FIT_MAX {
            let request = crate::connection::raw("GET", "/ready", None, "", hyper::body::Bytes::new())?;
            let answer = crate::connection::Connection::new(process.address).send(request).await;
            if answer.is_ok_and(|reply| reply.status.is_success()) {
                return Ok(());
            }
            tokio::time::sleep(LOOK).await;
        }
        bail!("{} isn't ready after {FIT_MAX:?}", process.name)
    }

    /// Where exam-service's processes listen, and say whether they are fit for work.
    pub fn targets(&self) -> Vec<Target> {
        let places = self.places(Service::Exam);
        let is_alone = places.len() < 2;
        let address = |place: usize| self.processes[place].address;
        let asked = |place| (!is_alone).then_some((address(place), "/ready"));
        places
            .into_iter()
            .map(|place| Target { address: address(place), asked: asked(place), must_be_fit: false })
            .collect()
    }

    /// Where each service is reached, exam-service at `exam`.
    pub fn doors(&self, exam: SocketAddr) -> Doors {
        let others = Service::ALL.into_iter().filter(|service| *service != Service::Exam);
        let others = others.filter_map(|service| Some((service, self.address(service)?)));
        Doors::Each(std::iter::once((Service::Exam, exam)).chain(others).collect())
    }

    fn address(&self, service: Service) -> Option<SocketAddr> {
        Some(self.processes[*self.places(service).first()?].address)
    }

    /// The installation that all of them are of.
    pub const fn installation(&self) -> &Arc<Installation> {
        &self.installation
    }

    /// Copies what the processes have logged, for whoever wants to know why.
    ///
    /// # Errors
    /// When it can't be copied.
    pub fn keep_logs(&self, to: &Path) -> Result<()> {
        fs::create_dir_all(to)?;
        for process in &self.processes {
            let name = format!("{}.log", process.name);
            fs::copy(self.installation.folder().join(&name), to.join(&name))?;
        }
        Ok(())
    }
}

/// Processes by name: those that are called by others first.
fn processes(layout: Layout) -> Vec<(String, Option<Service>)> {
    if layout == Layout::OneProcess {
        return vec![("all".to_owned(), None)];
    }
    let mut all = Vec::new();
    for service in Service::ALL {
        let replicas = if service == Service::Exam { EXAM_REPLICAS } else { 1 };
        all.extend((1..=replicas).map(|replica| (format!("{}-{replica}", service.schema()), Some(service))));
    }
    all
}
