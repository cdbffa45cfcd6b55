//! What can go wrong on an exam day, done on purpose.

use std::{rc::Rc, sync::Arc, time::Duration};

use anyhow::{Context as _, Result};
use authz::Service;
use foundation::Span;
use serde::Serialize;

use super::{
    aside,
    device::Device,
    disk::SmallDisk,
    hall::Hall,
    late,
    proxy::{Proxy, Weather},
    site::{Layout, Site, Version},
    store::StoreKind,
};
use crate::institution::{Institution, Office};

/// Something that goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Harm {
    /// The server is killed in the middle of everything, and started again.
    KillServer,
    /// The server is asked to stop, and started again.
    RestartServer,
    /// PostgreSQL is killed in the middle of everything, and recovers.
    KillDatabase,
    /// Over no connection to PostgreSQL comes anything any more, and none is closed; new ones are carried.
    SilentDatabase,
    /// The network carries nothing, and says nothing.
    StalledNetwork,
    /// The network carries requests and swallows answers.
    HalfOpenNetwork,
    /// The disk is full.
    FullDisk,
    /// The devices' clocks jump by up to a day, each by another span.
    ClientClocks,
    /// A server's clock is set forward by two minutes, back by four, and right again.
    ServerClock,
    /// The network is away while attempts come to their end.
    OutlastTheEnd,
    /// The clock of one of two processes is set past the end of attempts that still run.
    ClockPastTheEnd,
    /// One of two processes of exam-service is killed.
    KillReplica,
    /// Both of them are restarted, one after the other, as an upgrade does it.
    RollingRestart,
    /// Every process goes over from the version before to this one, one after the other, and one of exam-service goes
    /// back and over again.
    Upgrade,
    /// auth-service is killed.
    KillAuth,
    /// question-service is killed.
    KillQuestion,
    /// proctoring-service is killed.
    KillProctoring,
    /// analytics-service is killed.
    KillAnalytics,
    /// notification-service is killed.
    KillNotification,
    /// RabbitMQ is killed.
    StopBroker,
    /// Redis is killed.
    StopCache,
    /// Redis forgets everything.
    FlushCache,
    /// PostgreSQL is killed for good, and its standby promoted.
    PromoteStandby,
    /// PostgreSQL is killed with its Patroni, and the other Patroni takes over.
    Failover,
}

/// The offsets of a clock that is set wrong, in seconds.
const STEPS_SECONDS: [i64; 3] = [120, -120, 0];

/// How long everybody goes on after connections fell silent: longer than the writer waits for one of them.
const SILENCE_LOOKED_AT: Duration = Duration::from_secs(20);

/// Who and what a harm is done to.
pub struct Scene {
    /// The processes, and what they need.
    pub site: Site,
    /// The network between devices and exam-service.
    pub network: Proxy,
    /// The data's disk, when it can be filled.
    pub disk: Option<SmallDisk>,
    /// What all devices share.
    pub hall: Rc<Hall>,
    /// Whose exam it is.
    pub institution: Institution,
    /// Somebody at the office.
    pub office: Office,
    /// Counts harms, to do each to another one.
    pub number: usize,
    /// How long a harm lasts that has no end of its own.
    pub lasts: Duration,
    /// Devices whose attempts came to their end.
    pub late: Vec<Device>,
    /// The networks that those are on.
    pub networks: Vec<Proxy>,
}

impl Scene {
    /// A process of exam-service, another one each time.
    pub fn place_of_exam(&self) -> usize {
        let places = self.site.places(Service::Exam);
        places[self.number % places.len()]
    }
}

impl Harm {
    /// Its name in the report.
    pub const fn name(self) -> &'static str {
        match self {
            Self::KillServer => "kill -9 of the server",
            Self::RestartServer => "restart of the server",
            Self::KillDatabase => "kill -9 of PostgreSQL",
            Self::SilentDatabase => "connections to PostgreSQL fall silent",
            Self::StalledNetwork => "stalled network",
            Self::HalfOpenNetwork => "half-open network",
            Self::FullDisk => "full disk",
            Self::ClientClocks => "clocks of devices jump",
            Self::ServerClock => "clock of a server steps",
            Self::OutlastTheEnd => "network away while attempts end",
            Self::ClockPastTheEnd => "clock of one exam-service past the end",
            Self::KillReplica => "kill -9 of one exam-service",
            Self::RollingRestart => "rolling restart of exam-service",
            Self::Upgrade => "upgrade from the version before",
            Self::KillAuth => "kill -9 of auth-service",
            Self::KillQuestion => "kill -9 of question-service",
            Self::KillProctoring => "kill -9 of proctoring-service",
            Self::KillAnalytics => "kill -9 of analytics-service",
            Self::KillNotification => "kill -9 of notification-service",
            Self::StopBroker => "kill -9 of RabbitMQ",
            Self::StopCache => "kill -9 of Redis",
            Self::FlushCache => "FLUSHALL in Redis",
            Self::PromoteStandby => "kill -9 of PostgreSQL, standby promoted",
            Self::Failover => "kill -9 of PostgreSQL, failover by Patroni",
        }
    }

    /// The layout that it needs; none: it can happen in any.
    pub const fn layout(self) -> Option<Layout> {
        match self {
            Self::KillServer | Self::RestartServer | Self::FullDisk => Some(Layout::OneProcess),
            Self::KillReplica
            | Self::RollingRestart
            | Self::Upgrade
            | Self::KillAuth
            | Self::KillQuestion
            | Self::KillProctoring
            | Self::KillAnalytics
            | Self::KillNotification
            | Self::StopBroker
            | Self::StopCache
            | Self::FlushCache
            | Self::PromoteStandby
            | Self::ClockPastTheEnd
            | Self::Failover => Some(Layout::ProcessPerService),
            Self::KillDatabase
            | Self::SilentDatabase
            | Self::StalledNetwork
            | Self::HalfOpenNetwork
            | Self::ClientClocks
            | Self::ServerClock
            | Self::OutlastTheEnd => None,
        }
    }

    /// Whether a server's clock has to be set for it.
    pub const fn sets_a_clock(self) -> bool {
        matches!(self, Self::ServerClock | Self::ClockPastTheEnd)
    }

    /// Whether it can happen where this database is used. PostgreSQL's own disk isn't the server's.
    pub const fn can_happen_to(self, store: StoreKind) -> bool {
        match self {
            Self::KillDatabase => matches!(store, StoreKind::Postgres | StoreKind::Pair),
            Self::SilentDatabase => !matches!(store, StoreKind::Sqlite),
            Self::FullDisk => matches!(store, StoreKind::Sqlite),
            Self::PromoteStandby => matches!(store, StoreKind::Pair),
            Self::Failover => matches!(store, StoreKind::Patroni),
            _ => !matches!((store, self.layout()), (StoreKind::Sqlite, Some(Layout::ProcessPerService))),
        }
    }

    /// Whether a candidate may notice. Of what else happens, nobody may: no save fails.
    pub const fn is_noticed(self) -> bool {
        match self {
            Self::ClientClocks
            | Self::RollingRestart
            | Self::Upgrade
            | Self::KillAuth
            | Self::KillQuestion
            | Self::KillProctoring
            | Self::KillAnalytics
            | Self::KillNotification
            | Self::StopBroker
            | Self::StopCache
            | Self::FlushCache => false,
            Self::KillServer
            | Self::RestartServer
            | Self::KillDatabase
            | Self::SilentDatabase
            | Self::StalledNetwork
            | Self::HalfOpenNetwork
            | Self::FullDisk
            | Self::OutlastTheEnd
            | Self::ServerClock
            | Self::ClockPastTheEnd
            | Self::KillReplica
            | Self::PromoteStandby
            | Self::Failover => true,
        }
    }

    /// Whether requests have to fail while it lasts: else there was room left on the disk.
    pub const fn is_felt(self) -> bool {
        matches!(self, Self::FullDisk)
    }

    /// Does it, and undoes it.
    ///
    /// # Errors
    /// When it can't be done here; then nothing was harmed.
    pub async fn happen(self, scene: &mut Scene) -> Result<()> {
        scene.number += 1;
        let site = &mut scene.site;
        match self {
            Self::KillServer => {
                site.kill(0).await?;
                site.serve(0).await
            }
            Self::RestartServer => {
                site.stop(0).await?;
                site.serve(0).await
            }
            Self::KillDatabase => site.store.kill_and_recover().await,
            Self::SilentDatabase => {
                site.store.way().context("there is no network to the database here")?.silence();
                tokio::time::sleep(scene.lasts.max(SILENCE_LOOKED_AT)).await;
                Ok(())
            }
            Self::StalledNetwork => weather(&scene.network, Weather::Stalled, scene.lasts).await,
            Self::HalfOpenNetwork => weather(&scene.network, Weather::HalfOpen, scene.lasts).await,
            Self::FullDisk => {
                let disk = scene.disk.as_ref().context("there is no small disk here")?;
                disk.fill()?;
                tokio::time::sleep(scene.lasts).await;
                disk.free()
            }
            Self::ClientClocks => {
                scene.hall.device_clocks.set(Some(scene.number as u64));
                tokio::time::sleep(scene.lasts).await;
                scene.hall.device_clocks.set(None);
                Ok(())
            }
            Self::ServerClock => step_clock(scene).await,
            Self::OutlastTheEnd => late::outlast(scene).await,
            Self::ClockPastTheEnd => late::ahead_of_the_end(scene).await,
            Self::KillReplica => away(scene, Service::Exam).await,
            Self::RollingRestart => rolling_restart(scene).await,
            Self::Upgrade => upgrade(scene).await,
            Self::KillAuth => away(scene, Service::Auth).await,
            Self::KillQuestion => away(scene, Service::Question).await,
            Self::KillProctoring => away(scene, Service::Proctoring).await,
            Self::KillAnalytics => away(scene, Service::Analytics).await,
            Self::KillNotification => away(scene, Service::Notification).await,
            Self::StopBroker => {
                let broker = Arc::clone(site.broker.as_ref().context("there is no RabbitMQ here")?);
                let stopped = Arc::clone(&broker);
                aside(move || stopped.kill_nine()).await?;
                tokio::time::sleep(scene.lasts).await;
                aside(move || broker.start_again()).await
            }
            Self::StopCache => {
                let cache = Arc::clone(site.cache.as_ref().context("there is no Redis here")?);
                let stopped = Arc::clone(&cache);
                aside(move || stopped.kill_nine()).await?;
                tokio::time::sleep(scene.lasts).await;
                aside(move || cache.start_again()).await
            }
            Self::FlushCache => {
                let cache = Arc::clone(site.cache.as_ref().context("there is no Redis here")?);
                aside(move || drop(cache.tell("FLUSHALL"))).await?;
                tokio::time::sleep(scene.lasts).await;
                Ok(())
            }
            Self::PromoteStandby => site.store.promote().await,
            Self::Failover => site.store.fail_over().await,
        }
    }
}

async fn weather(network: &Proxy, weather: Weather, lasts: Duration) -> Result<()> {
    network.set(weather);
    tokio::time::sleep(lasts).await;
    network.set(Weather::Fair);
    Ok(())
}

/// Kills a process of a service, another one each time, and starts it again after a while.
async fn away(scene: &mut Scene, service: Service) -> Result<()> {
    let places = scene.site.places(service);
    let place = places[scene.number % places.len()];
    scene.site.kill(place).await?;
    tokio::time::sleep(scene.lasts).await;
    scene.site.serve(place).await?;
    scene.site.until_ready(place).await
}

/// Restarts the processes of exam-service one after the other; the next when the one before is ready.
async fn rolling_restart(scene: &mut Scene) -> Result<()> {
    for place in scene.site.places(Service::Exam) {
        scene.site.stop(place).await?;
        scene.site.serve(place).await?;
        scene.site.until_ready(place).await?;
    }
    Ok(())
}

/// Goes over from the version before to this one, a process at a time. While both versions of exam-service are there they
/// work side by side for a while; then one goes back, as an operator would who doesn't like the new one, and over again.
async fn upgrade(scene: &mut Scene) -> Result<()> {
    let exam = scene.site.places(Service::Exam);
    let others: Vec<usize> = (0..scene.site.processes()).filter(|place| !exam.contains(place)).collect();
    let (first, rest) = exam.split_first().context("no process of exam-service")?;
    for &place in std::iter::once(first).chain(&others).chain(rest) {
        go_over(scene, place, Version::This).await?;
    }
    go_over(scene, *first, Version::Before).await?;
    go_over(scene, *first, Version::This).await
}

/// Restarts the process at this place with another version, and lets everybody work with it for a while.
async fn go_over(scene: &mut Scene, place: usize, version: Version) -> Result<()> {
    scene.site.stop(place).await?;
    scene.site.set_version(place, version)?;
    scene.site.serve(place).await?;
    scene.site.until_ready(place).await?;
    tokio::time::sleep(scene.lasts).await;
    Ok(())
}

/// Sets the clock of one process of exam-service wrong, and right again.
async fn step_clock(scene: &mut Scene) -> Result<()> {
    let place = scene.place_of_exam();
    for seconds in STEPS_SECONDS {
        let by = Span::from_seconds(seconds);
        scene.hall.server_clock_steps(by);
        scene.site.step_clock(place, by)?;
        tokio::time::sleep(scene.lasts).await;
    }
    scene.site.until_ready(place).await
}
