//! A RabbitMQ server of a test's own, to be killed.

use std::{
    fs,
    process::Command,
    sync::{
        Mutex, OnceLock, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
};

use tempfile::TempDir;

use crate::own_server::{
    Group, folder_of, free_ports, is_installed, is_root, wait_until_it_answers, wait_until_it_is_gone,
};

const USER: &str = "rabbitmq";
const PROGRAM: &str = "/usr/lib/rabbitmq/bin/rabbitmq-server";
const CONTROL: &str = "/usr/lib/rabbitmq/bin/rabbitmqctl";

/// Starts the port mapper that nodes are found by, then the server; both belong to this node alone.
const START: &str = r#"epmd -port "$ERL_EPMD_PORT" -address 127.0.0.1 & exec "$0""#;

/// A RabbitMQ server of a test's own; ended when dropped, and with the test's process.
pub struct OwnRabbit {
    group: Mutex<Option<Group>>,
    folder: TempDir,
    port: u16,
    /// Verified TLS beside it, when asked for.
    tls_port: u16,
    environment: Vec<(&'static str, String)>,
}

impl OwnRabbit {
    /// Starts one, or says that it can't and skips.
    pub fn start() -> Option<Self> {
        if !is_installed(PROGRAM, "RabbitMQ") {
            return None;
        }
        Self::start_in(folder_of(USER), "")
    }

    /// Starts one that also serves TLS with this certificate and key (PEM), or says that it can't and skips.
    pub fn start_with_tls(certificate: &str, key: &str) -> Option<Self> {
        if !is_installed(PROGRAM, "RabbitMQ") {
            return None;
        }
        let folder = folder_of(USER);
        let (certificate_file, key_file) = (folder.path().join("cert.pem"), folder.path().join("key.pem"));
        fs::write(&certificate_file, certificate).expect("a file");
        fs::write(&key_file, key).expect("a file");
        let lines = format!(
            "ssl_options.certfile = {0}\nssl_options.cacertfile = {0}\nssl_options.keyfile = {1}\n\
             ssl_options.verify = verify_none\n",
            certificate_file.display(),
            key_file.display()
        );
        Self::start_in(folder, &lines)
    }

    fn start_in(folder: TempDir, lines: &str) -> Option<Self> {
        let [port, tls_port, distribution, mapper] = free_ports();
        let at = |name: &str| folder.path().join(name).display().to_string();
        let tls = if lines.is_empty() {
            String::new()
        } else {
            format!("listeners.ssl.1 = 127.0.0.1:{tls_port}\n")
        };
        fs::write(
            folder.path().join("rabbitmq.conf"),
            format!("listeners.tcp.1 = 127.0.0.1:{port}\ndisk_free_limit.absolute = 1MB\n{tls}{lines}"),
        )
        .expect("a file");
        fs::write(folder.path().join("plugins"), "[].\n").expect("a file");
        fs::write(folder.path().join("env"), "").expect("a file");
        let environment = vec![
            ("HOME", at("")),
            ("ERL_EPMD_PORT", mapper.to_string()),
            ("ERL_EPMD_ADDRESS", "127.0.0.1".to_owned()),
            ("RABBITMQ_NODENAME", format!("test-{port}@localhost")),
            ("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1".to_owned()),
            ("RABBITMQ_NODE_PORT", port.to_string()),
            ("RABBITMQ_DIST_PORT", distribution.to_string()),
            ("RABBITMQ_MNESIA_BASE", at("data")),
            ("RABBITMQ_LOG_BASE", at("logs")),
            ("RABBITMQ_CONFIG_FILE", at("rabbitmq")),
            ("RABBITMQ_CONF_ENV_FILE", at("env")),
            ("RABBITMQ_ENABLED_PLUGINS_FILE", at("plugins")),
            ("RABBITMQ_PID_FILE", at("pid")),
            (
                "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS",
                "-kernel inet_dist_use_interface {127,0,0,1} +sbwt none".to_owned(),
            ),
        ];
        let server = Self { group: Mutex::default(), folder, port, tls_port, environment };
        server.start_again();
        Some(server)
    }

    /// A virtual host of a test's own in the server that this process's tests share; answers its address. Or says that
    /// it can't and skips.
    pub fn shared_host() -> Option<String> {
        static SHARED: OnceLock<Option<OwnRabbit>> = OnceLock::new();
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        if !is_installed(PROGRAM, "RabbitMQ") {
            return None;
        }
        let server = SHARED.get_or_init(Self::start).as_ref()?;
        let host = format!("test{}", NUMBER.fetch_add(1, Ordering::Relaxed));
        server.control(&["add_vhost", &host]);
        server.control(&["set_permissions", "-p", &host, "guest", ".*", ".*", ".*"]);
        Some(format!("amqp://guest:guest@127.0.0.1:{}/{host}", server.port))
    }

    /// Its address.
    pub fn url(&self) -> String {
        format!("amqp://guest:guest@127.0.0.1:{}/%2f", self.port)
    }

    /// Its address over TLS, under this name.
    pub fn tls_url(&self, name: &str) -> String {
        format!("amqps://guest:guest@{name}:{}/%2f", self.tls_port)
    }

    /// Kills it at once and waits until it is gone. What it had confirmed is on its disk.
    pub fn kill_nine(&self) {
        *self.group.lock().unwrap_or_else(PoisonError::into_inner) = None;
        wait_until_it_is_gone(self.port);
    }

    /// Starts it again on the same data and address, and waits until it answers.
    ///
    /// # Panics
    /// When it never answers.
    pub fn start_again(&self) {
        let group = Group::start(USER, self.folder.path(), &self.environment, &["sh", "-c", START, PROGRAM]);
        *self.group.lock().unwrap_or_else(PoisonError::into_inner) = Some(group);
        wait_until_it_answers(self.port, b"AMQP\x00\x00\x09\x01", b"\x01", self.folder.path());
    }

    /// Runs `rabbitmqctl` and answers what it printed.
    ///
    /// # Panics
    /// When it fails.
    pub fn control(&self, arguments: &[&str]) -> String {
        let mut command = if is_root() {
            let mut command = Command::new("setpriv");
            command.args([&format!("--reuid={USER}"), &format!("--regid={USER}"), "--clear-groups", CONTROL]);
            command
        } else {
            Command::new(CONTROL)
        };
        let done = command
            .arg("-q")
            .args(arguments)
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .current_dir(self.folder.path())
            .output()
            .expect("rabbitmqctl starts");
        assert!(done.status.success(), "rabbitmqctl: {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8_lossy(&done.stdout).into_owned()
    }
}
