//! What can go wrong on an exam day, done on purpose.

use std::{
    fs::{self, File},
    io::Write as _,
    path::PathBuf,
    process::Command,
    time::Duration,
};

use anyhow::{Context as _, Result, bail};
use serde::Serialize;

use super::proxy::{Proxy, Weather};
use crate::server::{Database, Running};

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
    /// The network carries nothing, and says nothing.
    StalledNetwork,
    /// The network carries requests and swallows answers.
    HalfOpenNetwork,
    /// The disk is full.
    FullDisk,
}

/// How long a harm lasts that has an end of its own.
const LASTS: Duration = Duration::from_secs(5);
/// What is left of a disk that is full: less than a page.
const LEFT_BYTES: u64 = 2_048;

impl Harm {
    /// Its name in the report.
    pub const fn name(self) -> &'static str {
        match self {
            Self::KillServer => "kill -9 of the server",
            Self::RestartServer => "restart of the server",
            Self::KillDatabase => "kill -9 of PostgreSQL",
            Self::StalledNetwork => "stalled network",
            Self::HalfOpenNetwork => "half-open network",
            Self::FullDisk => "full disk",
        }
    }

    /// Whether it can happen where this database is used. PostgreSQL's own disk isn't the server's.
    pub const fn can_happen_to(self, database: Database) -> bool {
        match self {
            Self::KillDatabase => matches!(database, Database::Postgres),
            Self::FullDisk => matches!(database, Database::Sqlite),
            Self::KillServer | Self::RestartServer | Self::StalledNetwork | Self::HalfOpenNetwork => true,
        }
    }

    /// Does it, and undoes it.
    ///
    /// # Errors
    /// When it can't be done here; then nothing was harmed.
    pub async fn happen(self, running: &mut Running, proxy: &Proxy, disk: Option<&SmallDisk>) -> Result<()> {
        match self {
            Self::KillServer => {
                running.kill_server();
                running.serve()
            }
            Self::RestartServer => {
                running.stop_server()?;
                running.serve()
            }
            Self::KillDatabase => {
                let postgres = running.postgres.as_ref().context("there is no PostgreSQL here")?;
                postgres.kill_nine();
                postgres.start_again();
                Ok(())
            }
            Self::StalledNetwork => weather(proxy, Weather::Stalled).await,
            Self::HalfOpenNetwork => weather(proxy, Weather::HalfOpen).await,
            Self::FullDisk => {
                let disk = disk.context("there is no small disk here")?;
                disk.fill()?;
                tokio::time::sleep(LASTS).await;
                disk.free()
            }
        }
    }
}

async fn weather(proxy: &Proxy, weather: Weather) -> Result<()> {
    proxy.set(weather);
    tokio::time::sleep(LASTS).await;
    proxy.set(Weather::Fair);
    Ok(())
}

/// A disk so small that it can be filled: a file system in memory.
#[derive(Debug)]
pub struct SmallDisk(PathBuf);

impl SmallDisk {
    /// Mounts one of `mebibytes` at `place`.
    ///
    /// # Errors
    /// When this process may not mount.
    pub fn mount(place: PathBuf, mebibytes: u32) -> Result<Self> {
        fs::create_dir_all(&place)?;
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={mebibytes}m"), "exam-load"])
            .arg(&place)
            .status()?;
        if !mounted.success() {
            bail!("can't mount a small disk at {}", place.display());
        }
        Ok(Self(place))
    }

    /// Where it is mounted.
    pub const fn place(&self) -> &PathBuf {
        &self.0
    }

    fn filler(&self) -> PathBuf {
        self.0.join("filler")
    }

    fn fill(&self) -> Result<()> {
        let mut file = File::create(self.filler())?;
        let block = vec![0_u8; 64 * 1024];
        // Larger pieces first, then what is left of the last one.
        for size in [block.len(), 4_096, usize::try_from(LEFT_BYTES)?] {
            while file.write_all(&block[..size]).is_ok() {}
        }
        Ok(())
    }

    fn free(&self) -> Result<()> {
        Ok(fs::remove_file(self.filler())?)
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}
