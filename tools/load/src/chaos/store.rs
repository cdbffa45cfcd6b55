//! Where answers are kept, and how that can be harmed.

use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
};

use anyhow::{Context as _, Result, bail};
use serde::Serialize;
use test_kit::{OwnPatroni, OwnPostgres};

use super::{
    aside,
    proxy::{Proxy, Target},
};

/// The digits of a WAL file's name that say its timeline.
const TIMELINE_DIGITS: usize = 8;

/// Which database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StoreKind {
    /// Files in the data folder.
    Sqlite,
    /// One PostgreSQL server.
    Postgres,
    /// A PostgreSQL server that acknowledges nothing without its standby, behind an address that somebody re-points.
    Pair,
    /// Two that Patroni watches over, behind an address that follows who leads.
    Patroni,
}

/// A database that runs.
pub enum Store {
    /// Files in the data folder.
    Sqlite,
    /// One server, and the way to it.
    One(Arc<OwnPostgres>, Proxy),
    /// A server, its standby, and the way to whichever of them takes writes.
    Pair(Arc<OwnPostgres>, Arc<OwnPostgres>, Proxy),
    /// Two servers, and the way to the one that leads.
    Patroni(Arc<OwnPatroni>, Proxy),
}

impl Store {
    /// Starts one.
    ///
    /// # Errors
    /// When what it needs isn't installed.
    pub async fn start(kind: StoreKind) -> Result<Self> {
        Ok(match kind {
            StoreKind::Sqlite => Self::Sqlite,
            StoreKind::Postgres => {
                let postgres = own_postgres().await?;
                let way = Proxy::before(&[listening(postgres.port())]).await?;
                Self::One(postgres, way)
            }
            StoreKind::Pair => {
                let primary = own_postgres().await?;
                let standby = standby_of(&primary).await?;
                let way = Proxy::before(&[listening(primary.port())]).await?;
                Self::Pair(primary, standby, way)
            }
            StoreKind::Patroni => {
                let both = aside(OwnPatroni::start).await?.context("Patroni or etcd isn't installed")?;
                let targets = both.addresses().map(|(address, rest)| Target {
                    address,
                    asked: Some((rest, "/primary")),
                    must_be_fit: true,
                });
                let way = Proxy::before(&targets).await?;
                Self::Patroni(Arc::new(both), way)
            }
        })
    }

    /// What processes have as `DATABASE_URL`.
    pub fn url(&self) -> Option<String> {
        Some(OwnPatroni::url_at(self.way()?.address.port()))
    }

    /// The network between processes and the database; none to files.
    pub const fn way(&self) -> Option<&Proxy> {
        match self {
            Self::Sqlite => None,
            Self::One(_, way) | Self::Pair(_, _, way) | Self::Patroni(_, way) => Some(way),
        }
    }

    /// Kills the server that takes writes, in the middle of everything, and starts it again.
    ///
    /// # Errors
    /// When there is none.
    pub async fn kill_and_recover(&self) -> Result<()> {
        let (Self::One(postgres, _) | Self::Pair(postgres, ..)) = self else {
            bail!("there is no PostgreSQL of ours here")
        };
        let postgres = Arc::clone(postgres);
        aside(move || {
            postgres.kill_nine();
            postgres.start_again();
        })
        .await
    }

    /// Kills the server that takes writes, and has its standby take over; then gives that one a standby.
    ///
    /// # Errors
    /// When there is none, or it didn't take over.
    pub async fn promote(&mut self) -> Result<()> {
        let Self::Pair(primary, standby, way) = self else { bail!("there is no standby here") };
        let (old, new) = (Arc::clone(primary), Arc::clone(standby));
        let promoted = Arc::clone(&new);
        let (before, after) = aside(move || {
            let before = timeline(&old);
            old.kill_nine();
            promoted.promote();
            (before, timeline(&promoted))
        })
        .await?;
        if after <= before {
            bail!("the standby writes on timeline {after}, as the one before did");
        }
        way.lead_to(&[listening(new.port())]);
        *standby = standby_of(&new).await?;
        *primary = new;
        Ok(())
    }

    /// Kills the server that leads, and its Patroni; leaves the rest to the other one, and starts what was killed.
    ///
    /// # Errors
    /// When there is no Patroni.
    pub async fn fail_over(&self) -> Result<()> {
        let Self::Patroni(both, _) = self else { bail!("there is no Patroni here") };
        let both = Arc::clone(both);
        aside(move || {
            both.fail_over();
            both.restore();
        })
        .await
    }
}

/// The timeline that a server writes on, in hexadecimal: each server that takes over begins another one.
fn timeline(postgres: &OwnPostgres) -> String {
    let mut file = postgres.tell("SELECT pg_walfile_name(pg_current_wal_lsn())");
    file.truncate(TIMELINE_DIGITS);
    file
}

async fn own_postgres() -> Result<Arc<OwnPostgres>> {
    Ok(Arc::new(aside(OwnPostgres::start).await?.context("PostgreSQL isn't installed")?))
}

async fn standby_of(primary: &Arc<OwnPostgres>) -> Result<Arc<OwnPostgres>> {
    let primary = Arc::clone(primary);
    Ok(Arc::new(aside(move || primary.synchronous_standby()).await?))
}

fn listening(port: u16) -> Target {
    Target { address: SocketAddr::from((Ipv4Addr::LOCALHOST, port)), asked: None, must_be_fit: false }
}
