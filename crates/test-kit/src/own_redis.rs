//! A Redis server of a test's own, to be killed.

use std::{
    fs,
    io::{Read as _, Write as _},
    net::{Ipv4Addr, TcpStream},
    sync::{Mutex, PoisonError},
    time::Duration,
};

use tempfile::TempDir;

use crate::own_server::{
    Group, folder_of, free_ports, is_installed, wait_until_it_answers, wait_until_it_is_gone,
};

const USER: &str = "redis";
const PROGRAM: &str = "/usr/bin/redis-server";

/// A Redis server of a test's own, which keeps nothing on disk; ended when dropped, and with the test's process.
pub struct OwnRedis {
    group: Mutex<Option<Group>>,
    folder: TempDir,
    port: u16,
    /// Verified TLS beside it, when asked for.
    tls_port: u16,
    options: Vec<String>,
}

impl OwnRedis {
    /// Starts one, or says that it can't and skips.
    pub fn start() -> Option<Self> {
        Self::start_with(&[])
    }

    /// Starts one with more options, as on its command line; or says that it can't and skips.
    pub fn start_with(options: &[&str]) -> Option<Self> {
        if !is_installed(PROGRAM, "Redis") {
            return None;
        }
        Self::start_in(
            folder_of(USER),
            free_ports(),
            options.iter().map(|&option| option.to_owned()).collect(),
        )
    }

    /// Starts one that also serves TLS with this certificate and key (PEM), or says that it can't and skips.
    pub fn start_with_tls(certificate: &str, key: &str) -> Option<Self> {
        if !is_installed(PROGRAM, "Redis") {
            return None;
        }
        let folder = folder_of(USER);
        let ports: [u16; 2] = free_ports();
        let mut options = vec!["--tls-port".to_owned(), ports[1].to_string()];
        options.extend(["--tls-auth-clients".to_owned(), "no".to_owned()]);
        for (option, name, text) in [
            ("--tls-cert-file", "cert.pem", certificate),
            ("--tls-ca-cert-file", "cert.pem", certificate),
            ("--tls-key-file", "key.pem", key),
        ] {
            let file = folder.path().join(name);
            fs::write(&file, text).expect("a file");
            options.extend([option.to_owned(), file.display().to_string()]);
        }
        Self::start_in(folder, ports, options)
    }

    fn start_in(folder: TempDir, [port, tls_port]: [u16; 2], options: Vec<String>) -> Option<Self> {
        let server = Self { group: Mutex::default(), folder, port, tls_port, options };
        server.start_again();
        Some(server)
    }

    /// Its address.
    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    /// Its address over TLS, under this name.
    pub fn tls_url(&self, name: &str) -> String {
        format!("rediss://{name}:{}", self.tls_port)
    }

    /// Kills it at once and waits until it is gone. What it held is gone too.
    pub fn kill_nine(&self) {
        *self.group.lock().unwrap_or_else(PoisonError::into_inner) = None;
        wait_until_it_is_gone(self.port);
    }

    /// Starts it again at the same address, empty, and waits until it answers.
    ///
    /// # Panics
    /// When it never answers.
    pub fn start_again(&self) {
        let port = self.port.to_string();
        let mut command =
            vec![PROGRAM, "--bind", "127.0.0.1", "--port", &port, "--save", "", "--appendonly", "no"];
        command.extend(self.options.iter().map(String::as_str));
        let group = Group::start(USER, self.folder.path(), &[], &command);
        *self.group.lock().unwrap_or_else(PoisonError::into_inner) = Some(group);
        wait_until_it_answers(self.port, b"PING\r\n", b"+PONG", self.folder.path());
    }

    /// Makes it fall silent without closing a connection, until [`OwnRedis::go_on`].
    pub fn stall(&self) {
        self.signal("STOP");
    }

    /// Ends [`OwnRedis::stall`].
    pub fn go_on(&self) {
        self.signal("CONT");
    }

    fn signal(&self, name: &str) {
        if let Some(group) = &*self.group.lock().unwrap_or_else(PoisonError::into_inner) {
            group.signal(name);
        }
    }

    /// Sends one command, such as `FLUSHALL`; answers what came back, as Redis wrote it.
    ///
    /// # Panics
    /// When it doesn't answer.
    pub fn tell(&self, command: &str) -> String {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).expect("it listens");
        stream.set_read_timeout(Some(Duration::from_secs(10))).expect("a bound");
        // It closes the connection after QUIT, so that everything it says can be read.
        stream.write_all(format!("{command}\r\nQUIT\r\n").as_bytes()).expect("it listens");
        let mut said = String::new();
        stream.read_to_string(&mut said).expect("it answers");
        said.trim_end_matches("+OK\r\n").to_owned()
    }
}
