//! What happens to an installation, one after the other.

use std::{fs, path::PathBuf};

use anyhow::{Result, bail};
use foundation::{SeededRandom, shuffle};

use super::{harm::Harm, site::Layout, store::StoreKind};
use crate::server::Database;

/// What happens to an installation.
#[derive(Clone, Debug)]
pub struct Day {
    /// Its name.
    pub name: String,
    /// The name of its report's files.
    pub file: &'static str,
    /// How services are spread over processes.
    pub layout: Layout,
    /// Where answers are kept.
    pub store: StoreKind,
    /// What happens, one after the other.
    pub harms: Vec<Harm>,
}

/// What happens to everything in one process, and how often.
const TO_ONE_PROCESS: [(Harm, usize); 9] = [
    (Harm::KillServer, 20),
    (Harm::RestartServer, 3),
    (Harm::KillDatabase, 5),
    (Harm::SilentDatabase, 2),
    (Harm::StalledNetwork, 2),
    (Harm::HalfOpenNetwork, 2),
    (Harm::ClientClocks, 2),
    (Harm::ServerClock, 2),
    (Harm::OutlastTheEnd, 1),
];

/// What happens where the disk is so small that it can be filled: a file system in memory, where nothing else is proved.
const ON_A_SMALL_DISK: [(Harm, usize); 2] = [(Harm::FullDisk, 3), (Harm::KillServer, 1)];

/// What happens to a process per service.
const TO_A_PROCESS_PER_SERVICE: [(Harm, usize); 14] = [
    (Harm::KillReplica, 4),
    (Harm::RollingRestart, 2),
    (Harm::KillAuth, 2),
    (Harm::KillQuestion, 2),
    (Harm::KillProctoring, 2),
    (Harm::KillAnalytics, 2),
    (Harm::KillNotification, 2),
    (Harm::StopBroker, 2),
    (Harm::StopCache, 2),
    (Harm::FlushCache, 2),
    (Harm::ServerClock, 1),
    (Harm::ClockPastTheEnd, 1),
    (Harm::HalfOpenNetwork, 1),
    (Harm::PromoteStandby, 3),
];

/// What happens where Patroni watches over the database.
const TO_PATRONI: [(Harm, usize); 1] = [(Harm::Failover, 2)];

impl Day {
    /// A day on which these harms happen, in this order. The first that needs more than one process, or another database,
    /// says which.
    ///
    /// # Errors
    /// When they can't happen to one and the same installation.
    pub fn of(database: Database, harms: &[Harm]) -> Result<Self> {
        let layout = harms.iter().find_map(|harm| harm.layout()).unwrap_or(Layout::OneProcess);
        let store = match database {
            Database::Sqlite => StoreKind::Sqlite,
            Database::Postgres if harms.contains(&Harm::Failover) => StoreKind::Patroni,
            Database::Postgres if harms.contains(&Harm::PromoteStandby) => StoreKind::Pair,
            Database::Postgres => StoreKind::Postgres,
        };
        for harm in harms {
            if !harm.can_happen_to(store) || harm.layout().is_some_and(|needed| needed != layout) {
                bail!("{} can't happen to {} together with the others", harm.name(), database.name());
            }
        }
        let (name, file) = match (store, layout) {
            (StoreKind::Sqlite, _) if harms.contains(&Harm::FullDisk) => {
                ("SQLite, one process, a small disk", "chaos-small-disk")
            }
            (StoreKind::Sqlite, _) => ("SQLite, one process", "chaos-sqlite"),
            (StoreKind::Patroni, _) => ("PostgreSQL under Patroni, a process per service", "chaos-patroni"),
            (_, Layout::OneProcess) => ("PostgreSQL, one process", "chaos-postgresql"),
            (_, Layout::ProcessPerService) => ("PostgreSQL, a process per service", "chaos-services"),
        };
        Ok(Self { name: name.to_owned(), file, layout, store, harms: harms.to_vec() })
    }
}

/// What usually happens on these databases, in an order drawn by `seed`.
///
/// # Errors
/// Never: what usually happens can.
pub fn usual(databases: &[Database], seed: u64) -> Result<Vec<Day>> {
    let drawn = |harms: &[(Harm, usize)], store: StoreKind| {
        let mut drawn: Vec<Harm> = harms
            .iter()
            .filter(|(harm, _)| harm.can_happen_to(store) && can_happen_here(*harm))
            .flat_map(|(harm, times)| vec![*harm; *times])
            .collect();
        shuffle(&mut drawn, &SeededRandom::new(seed));
        drawn
    };
    let mut days = Vec::new();
    for database in databases {
        if *database == Database::Sqlite {
            days.push(Day::of(*database, &drawn(&TO_ONE_PROCESS, StoreKind::Sqlite))?);
            days.push(Day::of(*database, &drawn(&ON_A_SMALL_DISK, StoreKind::Sqlite))?);
            continue;
        }
        days.push(Day::of(*database, &drawn(&TO_ONE_PROCESS, StoreKind::Postgres))?);
        days.push(Day::of(*database, &drawn(&TO_A_PROCESS_PER_SERVICE, StoreKind::Pair))?);
        days.push(Day::of(*database, &drawn(&TO_PATRONI, StoreKind::Patroni))?);
    }
    days.retain(|day| !day.harms.is_empty());
    Ok(days)
}

/// Whether what a harm is done with is installed; says so when it isn't.
fn can_happen_here(harm: Harm) -> bool {
    let missing = match harm {
        _ if harm.sets_a_clock() && clock_library().is_none() => "libfaketime",
        Harm::Failover if !fs::exists("/usr/bin/patroni").unwrap_or(false) => "Patroni",
        _ => return true,
    };
    eprintln!("{} can't happen here: {missing} isn't installed (`make setup`)", harm.name());
    false
}

/// The library by which a process's clock can be stepped, where it is installed.
pub fn clock_library() -> Option<PathBuf> {
    let name = "faketime/libfaketimeMT.so.1";
    fs::read_dir("/usr/lib").ok()?.flatten().map(|entry| entry.path().join(name)).find(|path| path.is_file())
}
