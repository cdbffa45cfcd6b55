//! A PostgreSQL server of a test's own, to be killed.

use std::{
    fs::{self, File},
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::Mutex,
};

use tempfile::TempDir;

use crate::own_server::{folder_of, free_port, is_root};

/// PostgreSQL's user.
pub(crate) const USER: &str = "postgres";
/// How often we look whether the server answers; each look takes some milliseconds.
const LOOKS_MAX: usize = 20_000;

/// A PostgreSQL server of a test's own, with the disk sync on; stopped when dropped.
pub struct OwnPostgres {
    pub(crate) bin: PathBuf,
    /// Our own child, so that it is gone for good once it was waited for.
    server: Mutex<Option<Child>>,
    folder: TempDir,
    pub(crate) port: u16,
    /// More settings, as `name=value`.
    settings: Vec<String>,
}

impl OwnPostgres {
    /// Starts one, or says that it can't and skips.
    pub fn start() -> Option<Self> {
        Self::start_with(&[], &[])
    }

    /// Starts one that takes connections over TLS too, with this certificate and key in PEM; or skips.
    pub fn start_with_tls(certificate: &str, key: &str) -> Option<Self> {
        let settings = ["ssl=on", "ssl_cert_file=../server.crt", "ssl_key_file=../server.key"];
        Self::start_with(&settings, &[("server.crt", certificate), ("server.key", key)])
    }

    /// Where the server's programs lie.
    pub fn programs(&self) -> &Path {
        &self.bin
    }

    /// The port that it listens on.
    pub const fn port(&self) -> u16 {
        self.port
    }

    fn start_with(settings: &[&str], files: &[(&str, &str)]) -> Option<Self> {
        let settings = settings.iter().map(|&setting| setting.to_owned()).collect();
        let server = Self::not_yet(installed()?, settings);
        for (name, text) in files {
            let path = server.folder.path().join(name);
            fs::write(&path, text).expect("a file");
            fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("its mode");
        }
        if is_root() {
            let owned = Command::new("chown").args(["-R", USER]).arg(server.folder.path()).status();
            assert!(owned.is_ok_and(|status| status.success()), "the folder goes to the server's user");
        }
        let data = server.data();
        let made = server
            .command(
                "initdb",
                &["-D", &data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "-N"],
            )
            .output()
            .expect("initdb starts");
        assert!(made.status.success(), "initdb: {}", String::from_utf8_lossy(&made.stderr));
        server.start_again();
        Some(server)
    }

    /// A server that has a place and no data yet.
    pub(crate) fn not_yet(bin: PathBuf, settings: Vec<String>) -> Self {
        Self { bin, server: Mutex::default(), folder: folder_of(USER), port: free_port(), settings }
    }

    /// Its address.
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    /// Its address by the socket in its folder, as who runs everything on one machine connects.
    pub fn socket_url(&self) -> String {
        format!("{}?host={}", self.url(), self.folder.path().display())
    }

    /// The id of its first process, the parent of all others; none while it doesn't run.
    pub fn id(&self) -> Option<u32> {
        self.server.lock().ok()?.as_ref().map(Child::id)
    }

    /// Kills the server's first process at once (SIGKILL) and waits until all of them are gone.
    ///
    /// # Panics
    /// When it doesn't run.
    pub fn kill_nine(&self) {
        let mut server = self.server.lock().expect("one thread").take().expect("it runs");
        server.kill().expect("the server is killed");
        server.wait().expect("the server is gone");
        // Its children notice by themselves that it is gone; the next start needs their memory back.
        let data = fs::canonicalize(self.data()).expect("the data folder");
        while works_in(&data) {
            std::thread::yield_now();
        }
    }

    /// Starts it again on the same data, and waits until it answers.
    ///
    /// # Panics
    /// When it ends, or never answers.
    pub fn start_again(&self) {
        let (port, data) = (self.port.to_string(), self.data());
        let sockets = self.folder.path().display().to_string();
        let log =
            File::options().create(true).append(true).open(self.folder.path().join("log")).expect("a log");
        let mut server = self
            .command(
                "postgres",
                &["-D", &data, "-p", &port, "-k", &sockets, "-c", "listen_addresses=127.0.0.1"],
            )
            .args(self.settings.iter().flat_map(|setting| ["-c", setting.as_str()]))
            .stderr(log)
            .spawn()
            .expect("the server starts");
        for _ in 0..LOOKS_MAX {
            let ready = self.command("pg_isready", &["-q", "-h", "127.0.0.1", "-p", &port]).status();
            if ready.is_ok_and(|status| status.success()) {
                *self.server.lock().expect("one thread") = Some(server);
                return;
            }
            let ended = server.try_wait().expect("its state");
            assert!(ended.is_none(), "the server ended:\n{}", self.log());
        }
        panic!("the server doesn't answer:\n{}", self.log());
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    pub(crate) fn data(&self) -> String {
        self.folder.path().join("data").display().to_string()
    }

    /// PostgreSQL refuses to run as root.
    pub(crate) fn command(&self, program: &str, arguments: &[&str]) -> Command {
        let program = self.bin.join(program);
        let mut command = if is_root() {
            let mut command = Command::new("setpriv");
            command
                .args([&format!("--reuid={USER}"), &format!("--regid={USER}"), "--clear-groups"])
                .arg(program);
            command
        } else {
            Command::new(program)
        };
        command.args(arguments).current_dir(self.folder.path()).stdin(Stdio::null()).stdout(Stdio::null());
        command
    }
}

/// Where the newest installed server's programs lie; or says that there is none and skips.
pub(crate) fn installed() -> Option<PathBuf> {
    let bin = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|version| version.path().join("bin"))
        .filter(|bin| bin.join("initdb").is_file())
        .max();
    if bin.is_none() {
        crate::skip("no PostgreSQL is installed");
    }
    bin
}

impl Drop for OwnPostgres {
    fn drop(&mut self) {
        if let Ok(Some(mut server)) = self.server.lock().map(|mut server| server.take()) {
            let _ = server.kill();
            let _ = server.wait();
        }
    }
}

/// Whether any process works in this folder: PostgreSQL's do in their data folder. One that has ended works nowhere.
fn works_in(folder: &Path) -> bool {
    fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .flatten()
        .any(|process| fs::read_link(process.path().join("cwd")).is_ok_and(|cwd| cwd == folder))
}
