//! The server that the load runs against: the real binary on an empty database, as an operator would start it.

use std::{
    fmt,
    fs::File,
    io::Write as _,
    net::SocketAddr,
    path::Path,
    process::{Command, Stdio},
};

use anyhow::{Context as _, Result, bail};
use serde::Serialize;
use tempfile::TempDir;
use test_kit::{OwnPostgres, Server};

use crate::{
    institution::Staff,
    processes::{Usage, usage},
};

/// Which database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
pub enum Database {
    /// Files in the data folder.
    Sqlite,
    /// A server of its own, with the disk sync on.
    Postgres,
}

impl Database {
    /// Its name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }
}

/// What a server and its database used.
#[derive(Clone, Copy, Debug, Default)]
pub struct Used {
    /// The server.
    pub server: Usage,
    /// The database's own processes; nothing with SQLite.
    pub database: Usage,
}

/// A running server.
pub struct Running {
    server: Server,
    postgres: Option<OwnPostgres>,
    /// Kept for as long as they run; removed after them.
    _folder: TempDir,
    /// An administrator.
    pub staff: Staff,
}

impl Running {
    /// Starts `binary` on an empty database, with what an operator would leave at its defaults: one log line a request.
    ///
    /// # Errors
    /// When it doesn't start, or PostgreSQL isn't installed.
    pub fn start(binary: &Path, database: Database, on: &Path) -> Result<Self> {
        let folder = TempDir::new_in(on).context("no folder for the data")?;
        let postgres = match database {
            Database::Sqlite => None,
            Database::Postgres => Some(OwnPostgres::start().context("PostgreSQL isn't installed")?),
        };
        let staff =
            Staff { username: "load-admin".to_owned(), password: "a hall full of candidates".to_owned() };
        let url = postgres.as_ref().map(OwnPostgres::url);
        let command = |name: &str| command(binary, name, folder.path(), url.as_deref());
        let mut admin = command("admin")
            .args(["create", "--username", &staff.username, "--name", "Load"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .with_context(|| format!("can't start {}", binary.display()))?;
        writeln!(admin.stdin.take().context("no input")?, "{}", staff.password)?;
        if !admin.wait()?.success() {
            bail!("no administrator could be made");
        }
        let log = File::create(folder.path().join("log"))?;
        let mut serve = command("serve");
        serve.stderr(log);
        Ok(Self { server: Server::start(serve), postgres, _folder: folder, staff })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.server.address
    }

    /// What it used so far.
    pub fn used(&self) -> Used {
        Used {
            server: usage(self.server.id()),
            database: self.postgres.as_ref().and_then(OwnPostgres::id).map(usage).unwrap_or_default(),
        }
    }
}

impl fmt::Debug for Running {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Running({})", self.server.address)
    }
}

fn command(binary: &Path, name: &str, folder: &Path, database_url: Option<&str>) -> Command {
    let mut command = Server::command_named(name, binary, &folder.join("data"), database_url);
    // One proxy in front is believed, so that candidates can come from addresses of their own.
    command.env("LOG_LEVEL", "info").env("LOG_FORMAT", "json").env("TRUSTED_PROXIES", "1");
    command
}
