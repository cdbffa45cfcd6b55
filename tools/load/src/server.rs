//! The server that the load runs against: the real binary on an empty database, as an operator would start it.

use std::{fmt, fs::File, net::SocketAddr, path::Path};

use anyhow::{Context as _, Result, ensure};
use serde::Serialize;
use test_kit::{OwnPostgres, Server};

use crate::{
    installation::Installation,
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

/// A running server. Its database and its data last as long as this.
pub struct Running {
    server: Server,
    /// The database's server; none with SQLite.
    postgres: Option<OwnPostgres>,
    installation: Installation,
}

impl Running {
    /// Starts `binary` on an empty database, with what an operator would leave at its defaults: one log line a request.
    ///
    /// # Errors
    /// When it doesn't start, or PostgreSQL isn't installed.
    pub fn start(binary: &Path, database: Database, on: &Path) -> Result<Self> {
        let postgres = match database {
            Database::Sqlite => None,
            Database::Postgres => Some(OwnPostgres::start().context("PostgreSQL isn't installed")?),
        };
        let url = postgres.as_ref().map(OwnPostgres::url);
        let installation = Installation::make((binary, None), on, url, &[])?;
        Ok(Self { server: serve(&installation)?, postgres, installation })
    }

    /// Stops it, and starts another process on the same data.
    ///
    /// # Errors
    /// When it doesn't end well.
    pub fn anew(self) -> Result<Self> {
        let Self { server, postgres, installation } = self;
        ensure!(server.stop(), "the server didn't end well");
        Ok(Self { server: serve(&installation)?, postgres, installation })
    }

    /// Where it listens.
    pub const fn address(&self) -> SocketAddr {
        self.server.address
    }

    /// An administrator.
    pub const fn staff(&self) -> &Staff {
        &self.installation.staff
    }

    /// What it used so far.
    pub fn used(&self) -> Used {
        Used {
            server: usage(self.server.id()),
            database: self.postgres.as_ref().and_then(OwnPostgres::id).map(usage).unwrap_or_default(),
        }
    }
}

fn serve(installation: &Installation) -> Result<Server> {
    let mut serve = installation.command("serve");
    serve.stderr(File::create(installation.folder().join("log"))?);
    Ok(Server::start(serve))
}

impl fmt::Debug for Running {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Running({})", self.address())
    }
}
