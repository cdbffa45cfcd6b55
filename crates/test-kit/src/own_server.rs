//! What servers of a test's own have in common: a free port, a user without rights, an end that can't be missed.

use std::{
    fs::{self, File},
    io::{Read as _, Write as _},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    os::unix::process::CommandExt as _,
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

/// How long a server may take until it answers; RabbitMQ takes ten seconds on a busy machine.
const LOOKS_MAX: usize = 6_000;
/// Between two looks.
const LOOK: Duration = Duration::from_millis(20);

/// Runs its arguments in the background until its input ends, which it does when the test's process does, however
/// that ends; then everything in the process group is killed.
const KEEPER: &str = r#""$@" & read -r _; kill -KILL $!; eval "$AT_THE_END"; kill -KILL 0"#;

/// Processes that end together, at the latest with the test's process.
pub(crate) struct Group(Child);

impl Group {
    /// Starts `command` as `user` (when we are root; else as ourselves) in `folder`, its output appended to `folder/log`.
    pub(crate) fn start(user: &str, folder: &Path, environment: &[(&str, String)], command: &[&str]) -> Self {
        Self::start_and_end(user, folder, environment, command, "")
    }

    /// As [`Group::start`], for a command that starts processes outside its group: the shell runs `at_the_end` once the
    /// command was killed.
    pub(crate) fn start_and_end(
        user: &str,
        folder: &Path,
        environment: &[(&str, String)],
        command: &[&str],
        at_the_end: &str,
    ) -> Self {
        let log = File::options().create(true).append(true).open(folder.join("log")).expect("a log");
        let mut keeper = if is_root() {
            let mut command = Command::new("setpriv");
            command.args([&format!("--reuid={user}"), &format!("--regid={user}"), "--clear-groups", "sh"]);
            command
        } else {
            Command::new("sh")
        };
        let child = keeper
            .args(["-c", KEEPER, "sh"])
            .args(command)
            .envs(environment.iter().map(|(name, value)| (name, value)))
            .env("AT_THE_END", at_the_end)
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(log.try_clone().expect("a log"))
            .stderr(log)
            .process_group(0)
            .spawn()
            .expect("the server starts");
        Self(child)
    }

    /// Sends every process a signal, by its name.
    pub(crate) fn signal(&self, name: &str) {
        let sent =
            Command::new("kill").args([&format!("-{name}"), "--", &format!("-{}", self.0.id())]).status();
        assert!(sent.is_ok_and(|status| status.success()), "the server takes a signal");
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        // A stopped keeper notices nothing.
        let _ = Command::new("kill").args(["-CONT", "--", &format!("-{}", self.0.id())]).status();
        drop(self.0.stdin.take());
        let _ = self.0.wait();
    }
}

/// Whether the server is installed; says that the test is skipped when it isn't.
pub(crate) fn is_installed(program: &str, name: &str) -> bool {
    let installed = Path::new(program).is_file();
    if !installed {
        crate::skip(&format!("no {name} is installed"));
    }
    installed
}

/// A folder that belongs to `user`, who may not be us.
pub(crate) fn folder_of(user: &str) -> tempfile::TempDir {
    let folder = tempfile::TempDir::new().expect("a folder");
    if is_root() {
        let owned = Command::new("chown").arg(user).arg(folder.path()).status();
        assert!(owned.is_ok_and(|status| status.success()), "the folder goes to the server's user");
    }
    folder
}

/// A port at which nobody listened a moment ago.
pub fn free_port() -> u16 {
    let [port] = free_ports();
    port
}

/// Ports that were free a moment ago, all different.
pub(crate) fn free_ports<const N: usize>() -> [u16; N] {
    let taken = [(); N].map(|()| TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port"));
    taken.map(|listener| listener.local_addr().expect("a port").port())
}

/// Waits until the server at `port` answers `question` with something that begins with `answer`.
pub(crate) fn wait_until_it_answers(port: u16, question: &[u8], answer: &[u8], folder: &Path) {
    for _ in 0..LOOKS_MAX {
        if ask(port, question, answer.len()).is_some_and(|said| said == answer) {
            return;
        }
        pause();
    }
    panic!("the server doesn't answer:\n{}", fs::read_to_string(folder.join("log")).unwrap_or_default());
}

/// Waits until nobody listens at `port`.
pub(crate) fn wait_until_it_is_gone(port: u16) {
    while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok() {
        pause();
    }
}

fn ask(port: u16, question: &[u8], length: usize) -> Option<Vec<u8>> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(1)).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(1))).ok()?;
    stream.write_all(question).ok()?;
    let mut said = vec![0; length];
    stream.read_exact(&mut said).ok()?;
    Some(said)
}

/// Leaves the processor to the server that we wait for.
pub(crate) fn pause() {
    std::thread::sleep(LOOK);
}

pub(crate) fn is_root() -> bool {
    fs::read_to_string("/proc/self/status").is_ok_and(|status| {
        status.lines().any(|line| line.starts_with("Uid:") && line.split_whitespace().nth(2) == Some("0"))
    })
}
