//! Two PostgreSQL servers of a test's own that Patroni watches over: when the first is killed the second takes over.

use std::{
    fs,
    io::{Read as _, Write as _},
    net::{Ipv4Addr, SocketAddr, TcpStream},
    path::Path,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use tempfile::TempDir;

use crate::{
    own_postgres::{USER, installed},
    own_server::{Group, folder_of, free_ports, is_installed, pause},
};

const PATRONI: &str = "/usr/bin/patroni";
const ETCD: &str = "/usr/bin/etcd";
/// How often we look at what becomes of the two: two minutes.
const LOOKS_MAX: usize = 6_000;
/// Patroni's server is no child of its group: it has a session of its own.
const END_OF_A_NODE: &str = r#"kill -KILL "$(head -n 1 data/postmaster.pid)""#;

/// One of the two.
struct Node {
    group: Mutex<Option<Group>>,
    folder: TempDir,
    /// Where PostgreSQL listens.
    port: u16,
    /// Where Patroni answers what the node is.
    rest: u16,
}

/// Two PostgreSQL servers with the disk sync on, of which the first acknowledges nothing without the second; ended when
/// dropped, and with the test's process.
pub struct OwnPatroni {
    nodes: [Node; 2],
    #[expect(dead_code, reason = "held until the test ends")]
    etcd: Group,
    #[expect(dead_code, reason = "held until the test ends")]
    folder: TempDir,
}

impl OwnPatroni {
    /// Starts them and waits until each is what it has to be; or says that it can't and skips.
    ///
    /// # Panics
    /// When they never agree who leads.
    pub fn start() -> Option<Self> {
        let programs = installed()?;
        if !(is_installed(PATRONI, "Patroni") && is_installed(ETCD, "etcd")) {
            return None;
        }
        let [client, peer, ports @ ..] = free_ports::<6>();
        let folder = folder_of(USER);
        let (client_url, peer_url) =
            (format!("http://127.0.0.1:{client}"), format!("http://127.0.0.1:{peer}"));
        let cluster = format!("default={peer_url}");
        let mut command = vec![ETCD, "--data-dir", "etcd", "--initial-cluster", &cluster];
        for option in ["--listen-client-urls", "--advertise-client-urls"] {
            command.extend([option, &client_url]);
        }
        for option in ["--listen-peer-urls", "--initial-advertise-peer-urls"] {
            command.extend([option, &peer_url]);
        }
        let etcd = Group::start(USER, folder.path(), &[], &command);
        let [first, second, first_rest, second_rest] = ports;
        let nodes = [(first, first_rest), (second, second_rest)].map(|(port, rest)| {
            let folder = folder_of(USER);
            fs::write(folder.path().join("node.yml"), settings(client, port, rest, folder.path(), &programs))
                .expect("a file");
            Node { group: Mutex::default(), folder, port, rest }
        });
        let both = Self { nodes, etcd, folder };
        for (node, role) in both.nodes.iter().zip(["primary", "synchronous"]) {
            node.start();
            node.wait_until(role);
        }
        Some(both)
    }

    /// Where each listens, and where Patroni says at `/primary` whether that one leads.
    pub fn addresses(&self) -> [(SocketAddr, SocketAddr); 2] {
        self.nodes.each_ref().map(|node| (local(node.port), local(node.rest)))
    }

    /// An address at which PostgreSQL is reached through `port`, by something that follows who leads.
    pub fn url_at(port: u16) -> String {
        format!("postgres://postgres@127.0.0.1:{port}/postgres")
    }

    /// Kills the one that leads at once (SIGKILL), Patroni and PostgreSQL, and waits until the other one leads.
    ///
    /// # Panics
    /// When none leads, or the other one doesn't take over.
    pub fn fail_over(&self) {
        let leader = self.nodes.iter().position(|node| node.is("primary")).expect("one of them leads");
        self.nodes[leader].kill_nine();
        self.nodes[1 - leader].wait_until("primary");
    }

    /// Starts what was killed, and waits until nothing is acknowledged without it again.
    ///
    /// # Panics
    /// When it doesn't come back.
    pub fn restore(&self) {
        for node in &self.nodes {
            let is_gone = node.group.lock().unwrap_or_else(PoisonError::into_inner).is_none();
            if is_gone {
                node.start();
                node.wait_until("synchronous");
            }
        }
    }
}

impl Node {
    fn start(&self) {
        let group =
            Group::start_and_end(USER, self.folder.path(), &[], &[PATRONI, "node.yml"], END_OF_A_NODE);
        *self.group.lock().unwrap_or_else(PoisonError::into_inner) = Some(group);
    }

    fn kill_nine(&self) {
        *self.group.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Whether Patroni says that the node is this.
    fn is(&self, role: &str) -> bool {
        let ask = || -> std::io::Result<bool> {
            let mut stream = TcpStream::connect_timeout(&local(self.rest), Duration::from_secs(1))?;
            stream.set_read_timeout(Some(Duration::from_secs(3)))?;
            stream.write_all(format!("GET /{role} HTTP/1.0\r\n\r\n").as_bytes())?;
            let mut status = [0; 12];
            stream.read_exact(&mut status)?;
            Ok(status.ends_with(b" 200"))
        };
        ask().unwrap_or(false)
    }

    fn wait_until(&self, role: &str) {
        for _ in 0..LOOKS_MAX {
            if self.is(role) {
                return;
            }
            pause();
        }
        let log = fs::read_to_string(self.folder.path().join("log")).unwrap_or_default();
        panic!("the node didn't become {role}:\n{log}");
    }
}

fn local(port: u16) -> SocketAddr {
    SocketAddr::from((Ipv4Addr::LOCALHOST, port))
}

/// Patroni's own words for it. `synchronous_mode`: a standby that nobody waited for never takes over.
fn settings(etcd: u16, port: u16, rest: u16, folder: &Path, programs: &Path) -> String {
    let folder = folder.display();
    let programs = programs.display();
    format!(
        "scope: exam
name: node-{port}
restapi: {{ listen: '127.0.0.1:{rest}', connect_address: '127.0.0.1:{rest}' }}
etcd3: {{ host: '127.0.0.1:{etcd}' }}
bootstrap:
  dcs:
    ttl: 20
    loop_wait: 2
    retry_timeout: 5
    synchronous_mode: true
    postgresql:
      use_pg_rewind: true
      parameters: {{ wal_log_hints: 'on', max_connections: 200 }}
  initdb: [encoding: UTF8, locale: C]
postgresql:
  listen: '127.0.0.1:{port}'
  connect_address: '127.0.0.1:{port}'
  data_dir: '{folder}/data'
  bin_dir: '{programs}'
  pgpass: '{folder}/pgpass'
  authentication:
    superuser: {{ username: postgres }}
    replication: {{ username: replicator }}
  parameters: {{ unix_socket_directories: '{folder}' }}
  pg_hba: ['local all all trust', 'host all all 127.0.0.1/32 trust', 'host replication all 127.0.0.1/32 trust']
  remove_data_directory_on_diverged_timelines: true
"
    )
}
