//! What an operator has before anything is served: the binary, a folder, an empty database, an administrator.

use std::{
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context as _, Result, bail};
use tempfile::TempDir;
use test_kit::Server;

use crate::institution::Staff;

/// The binary, a folder of its own, a database, and an administrator.
#[derive(Debug)]
pub struct Installation {
    binary: PathBuf,
    /// Removed at the end.
    folder: TempDir,
    /// Where PostgreSQL is; files in the folder without.
    database_url: Option<String>,
    /// More variables of every process.
    variables: Vec<(String, String)>,
    /// An administrator.
    pub staff: Staff,
}

impl Installation {
    /// An installation on an empty database, with what an operator would leave at its defaults, and an administrator, whom
    /// the version `before` makes where there is one.
    ///
    /// # Errors
    /// When the administrator can't be made.
    pub fn make(
        (binary, before): (&Path, Option<&Path>),
        on: &Path,
        database_url: Option<String>,
        variables: &[(&str, &str)],
    ) -> Result<Self> {
        let installation = Self {
            binary: binary.to_owned(),
            folder: TempDir::new_in(on).context("no folder for the data")?,
            database_url,
            variables: variables.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect(),
            staff: Staff {
                username: "load-admin".to_owned(),
                password: "a hall full of candidates".to_owned(),
            },
        };
        installation.make_admin(before.unwrap_or(binary))?;
        Ok(installation)
    }

    fn make_admin(&self, binary: &Path) -> Result<()> {
        let mut admin = self
            .command_of(binary, "admin")
            .args(["create", "--username", &self.staff.username, "--name", "Load"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .with_context(|| format!("can't start {}", binary.display()))?;
        writeln!(admin.stdin.take().context("no input")?, "{}", self.staff.password)?;
        if !admin.wait()?.success() {
            bail!("no administrator could be made");
        }
        Ok(())
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// One of the binary's commands on this installation.
    pub fn command(&self, name: &str) -> Command {
        self.command_of(&self.binary, name)
    }

    /// One of the commands of another version's binary on this installation.
    pub fn command_of(&self, binary: &Path, name: &str) -> Command {
        let data = self.folder.path().join("data");
        let mut command = Server::command_named(name, binary, &data, self.database_url.as_deref());
        // One proxy in front is believed, so that candidates can come from addresses of their own.
        command.env("LOG_LEVEL", "info").env("LOG_FORMAT", "json").env("TRUSTED_PROXIES", "1");
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Runs one of the binary's commands; what it prints, and whether it succeeded.
    ///
    /// # Errors
    /// When it can't be started.
    pub fn ask(&self, command: &str, arguments: &[&str]) -> Result<(String, bool)> {
        let output = self.command(command).args(arguments).stderr(Stdio::inherit()).output()?;
        Ok((String::from_utf8_lossy(&output.stdout).into_owned(), output.status.success()))
    }
}
