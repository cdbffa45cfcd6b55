//! A PostgreSQL server of a test's own, to be killed.

use std::{
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use tempfile::TempDir;

/// A PostgreSQL server of a test's own, with the disk sync on; stopped when dropped.
pub struct OwnPostgres {
    bin: PathBuf,
    folder: TempDir,
    port: u16,
}

impl OwnPostgres {
    /// Starts one, or says that it can't and skips.
    pub fn start() -> Option<Self> {
        let bin = fs::read_dir("/usr/lib/postgresql")
            .ok()?
            .flatten()
            .map(|version| version.path().join("bin"))
            .filter(|bin| bin.join("initdb").is_file())
            .max();
        let Some(bin) = bin else {
            crate::skip("no PostgreSQL is installed");
            return None;
        };
        let folder = TempDir::new().expect("a folder");
        let port =
            TcpListener::bind(("127.0.0.1", 0)).expect("a free port").local_addr().expect("a port").port();
        let server = Self { bin, folder, port };
        if is_root() {
            let owned = Command::new("chown").arg("postgres").arg(server.folder.path()).status();
            assert!(owned.is_ok_and(|status| status.success()), "the folder goes to the server's user");
        }
        let data = server.data();
        server.run(
            "initdb",
            &["-D", &data, "-A", "trust", "-U", "postgres", "--encoding=UTF8", "--locale=C", "--no-sync"],
        );
        server.start_again();
        Some(server)
    }

    /// Its address.
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    /// Kills the server's first process at once (SIGKILL) and waits until all of them are gone.
    pub fn kill_nine(&self) {
        let pid_file =
            fs::read_to_string(Path::new(&self.data()).join("postmaster.pid")).expect("its pid file");
        let pid = pid_file.lines().next().expect("a pid").trim().to_owned();
        let backends = children(&pid);
        let killed = Command::new("kill").args(["-9", &pid]).status();
        assert!(killed.is_ok_and(|status| status.success()), "the server is killed");
        // Its children notice by themselves that it is gone; the next start needs their memory back.
        while std::iter::once(&pid).chain(&backends).any(|pid| is_alive(pid)) {
            std::thread::yield_now();
        }
    }

    /// Starts it again on the same data.
    pub fn start_again(&self) {
        let (data, log) = (self.data(), self.folder.path().join("log").display().to_string());
        let options =
            format!("-p {} -k {} -c listen_addresses=127.0.0.1", self.port, self.folder.path().display());
        self.run("pg_ctl", &["-D", &data, "-l", &log, "-w", "-o", &options, "start"]);
    }

    fn data(&self) -> String {
        self.folder.path().join("data").display().to_string()
    }

    fn run(&self, program: &str, arguments: &[&str]) {
        let output = self.output(program, arguments);
        assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    }

    /// PostgreSQL refuses to run as root.
    fn output(&self, program: &str, arguments: &[&str]) -> Output {
        let program = self.bin.join(program);
        let mut command = if is_root() {
            let mut command = Command::new("setpriv");
            command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .output()
            .expect("the program starts")
    }
}

impl Drop for OwnPostgres {
    fn drop(&mut self) {
        let data = self.data();
        let _ = self.output("pg_ctl", &["-D", &data, "-m", "immediate", "stop"]);
    }
}

fn is_root() -> bool {
    fs::read_to_string("/proc/self/status").is_ok_and(|status| {
        status.lines().any(|line| line.starts_with("Uid:") && line.split_whitespace().nth(2) == Some("0"))
    })
}

fn children(pid: &str) -> Vec<String> {
    fs::read_to_string(format!("/proc/{pid}/task/{pid}/children"))
        .map(|children| children.split_whitespace().map(ToOwned::to_owned).collect())
        .unwrap_or_default()
}

/// A process that has ended and waits for its parent to notice (a zombie) is gone as far as we care.
fn is_alive(pid: &str) -> bool {
    fs::read_to_string(format!("/proc/{pid}/stat"))
        .is_ok_and(|stat| stat.rsplit(')').next().is_some_and(|rest| !rest.trim_start().starts_with('Z')))
}
