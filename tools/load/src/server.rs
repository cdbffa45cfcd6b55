//! The server that the load runs against: the real binary on an empty database, as an operator would start it.

use std::{
    fmt,
    fs::File,
    io::Write as _,
    net::SocketAddr,
    path::{Path, PathBuf},
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

/// A running server. Its database and its data last as long as this, however often the server is stopped.
pub struct Running {
    binary: PathBuf,
    server: Option<Server>,
    address: SocketAddr,
    /// The database's server; none with SQLite.
    pub postgres: Option<OwnPostgres>,
    /// Kept for as long as they run; removed after them.
    folder: TempDir,
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
        let username = "load-admin".to_owned();
        let password = "a hall full of candidates".to_owned();
        let mut running = Self {
            binary: binary.to_owned(),
            server: None,
            address: SocketAddr::from(([127, 0, 0, 1], 0)),
            postgres,
            folder,
            staff: Staff { username, password },
        };
        running.make_admin()?;
        running.serve()?;
        Ok(running)
    }

    fn make_admin(&self) -> Result<()> {
        let mut admin = self
            .command("admin")
            .args(["create", "--username", &self.staff.username, "--name", "Load"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .with_context(|| format!("can't start {}", self.binary.display()))?;
        writeln!(admin.stdin.take().context("no input")?, "{}", self.staff.password)?;
        if !admin.wait()?.success() {
            bail!("no administrator could be made");
        }
        Ok(())
    }

    /// Starts the server, on the port that it had before.
    ///
    /// # Errors
    /// When there is no place for its log.
    pub fn serve(&mut self) -> Result<()> {
        let log = File::options().create(true).append(true).open(self.folder.path().join("log"))?;
        let mut serve = self.command("serve");
        serve.env("PORT", self.address.port().to_string()).stderr(log);
        let server = Server::start(serve);
        self.address = server.address;
        self.server = Some(server);
        Ok(())
    }

    /// Kills the server at once (SIGKILL).
    pub fn kill_server(&mut self) {
        if let Some(server) = self.server.take() {
            server.kill();
        }
    }

    /// Asks the server to stop (SIGTERM) and waits until it has.
    ///
    /// # Errors
    /// When it doesn't end well.
    pub fn stop_server(&mut self) -> Result<()> {
        let Some(server) = self.server.take() else { return Ok(()) };
        if !server.stop() {
            bail!("the server didn't end well");
        }
        Ok(())
    }

    /// Another of the binary's commands on the same data, what it prints, and whether it succeeded.
    ///
    /// # Errors
    /// When it can't be started.
    pub fn ask(&self, command: &str, arguments: &[&str]) -> Result<(String, bool)> {
        let output = self.command(command).args(arguments).stderr(Stdio::inherit()).output()?;
        Ok((String::from_utf8_lossy(&output.stdout).into_owned(), output.status.success()))
    }

    /// Where it listens.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// What it used so far.
    pub fn used(&self) -> Used {
        Used {
            server: self.server.as_ref().map(|server| usage(server.id())).unwrap_or_default(),
            database: self.postgres.as_ref().and_then(OwnPostgres::id).map(usage).unwrap_or_default(),
        }
    }

    fn command(&self, name: &str) -> Command {
        let url = self.postgres.as_ref().map(OwnPostgres::url);
        let data = self.folder.path().join("data");
        let mut command = Server::command_named(name, &self.binary, &data, url.as_deref());
        // One proxy in front is believed, so that candidates can come from addresses of their own.
        command.env("LOG_LEVEL", "info").env("LOG_FORMAT", "json").env("TRUSTED_PROXIES", "1");
        command
    }
}

impl fmt::Debug for Running {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Running({})", self.address)
    }
}
