//! The real binary as a process of a test's own.

use std::{
    io::{BufRead as _, BufReader},
    net::SocketAddr,
    os::unix::process::ExitStatusExt as _,
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
};

/// The signal that no process can be ready for.
const SIGKILL: i32 = 9;

/// A server process; killed when dropped.
pub struct Server {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Server {
    /// Starts `command`, which must print a line that ends in `http://ADDRESS`, or `https://ADDRESS`, once it is ready, and waits for that line.
    ///
    /// # Panics
    /// When it ends before it is ready.
    pub fn start(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().expect("the server starts");
        let lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        for line in lines {
            let line = line.expect("a line of text");
            if let Some((_, address)) = line.rsplit_once("://") {
                let address = address.trim_end_matches('/').parse().expect("an address");
                return Self { child, address };
            }
        }
        let status = child.wait().expect("an end");
        panic!("the server ended before it was ready: {status}");
    }

    /// A command that serves from `data` on a free port, with the tests' secrets and nothing of this environment's.
    pub fn command(binary: impl AsRef<Path>, data: &Path, database_url: Option<&str>) -> Command {
        Self::command_named("serve", binary, data, database_url)
    }

    /// Another of the binary's commands, on the same data and with the same secrets.
    pub fn command_named(
        name: &str,
        binary: impl AsRef<Path>,
        data: &Path,
        database_url: Option<&str>,
    ) -> Command {
        let mut command = Command::new(binary.as_ref());
        command
            .arg(name)
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("PORT", "0")
            .env("DATA_DIR", data)
            .env("JWT_SECRET", SECRET)
            .env("JWT_REFRESH_SECRET", SECRET)
            .env("LOG_LEVEL", "error");
        if let Some(url) = database_url {
            command.env("DATABASE_URL", url);
        }
        command
    }

    /// The process's id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Waits until the process ends by itself.
    ///
    /// # Panics
    /// When it can't be waited for.
    pub fn wait(mut self) -> ExitStatus {
        self.child.wait().expect("an end")
    }

    /// Kills the process at once (SIGKILL), waits until it is gone, and says whether that is what it died of.
    pub fn kill(mut self) -> bool {
        let _ = self.child.kill();
        self.child.wait().is_ok_and(|status| status.signal() == Some(SIGKILL))
    }

    /// Asks the process to stop (SIGTERM), waits until it has, and says whether it ended well.
    pub fn stop(mut self) -> bool {
        self.signal("-TERM") && self.child.wait().is_ok_and(|status| status.success())
    }

    /// Makes it stand still, as when its machine hangs (SIGSTOP), until [`Server::go_on`].
    ///
    /// # Panics
    /// When it takes no signal.
    pub fn stall(&self) {
        assert!(self.signal("-STOP"), "the process takes a signal");
    }

    /// Ends [`Server::stall`].
    ///
    /// # Panics
    /// When it takes no signal.
    pub fn go_on(&self) {
        assert!(self.signal("-CONT"), "the process takes a signal");
    }

    /// Whether the process took a signal.
    fn signal(&self, name: &str) -> bool {
        let sent = Command::new("kill").args([name, &self.id().to_string()]).status();
        sent.is_ok_and(|status| status.success())
    }

    fn end(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.end();
    }
}

/// The secret that [`Server::command`] sets and that [`People`](crate::People) signs with.
pub const SECRET: &str = "a secret of the tests, long enough";
