//! The binary's own TLS, for a hall's laptop that browsers reach by its address: the real binary, its own authority.

#![expect(clippy::expect_used, reason = "a test that can't go on must stop")]

use std::{
    fs,
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::Arc,
};

use rustls::{
    ClientConfig, ClientConnection, RootCertStore, StreamOwned,
    pki_types::{CertificateDer, ServerName, pem::PemObject as _},
};
use test_kit::Server;

const BINARY: &str = env!("CARGO_BIN_EXE_exam-system");
/// Looks at what another process does soon; each look is a connection.
const LOOKS_MAX: usize = 20_000;

/// A folder with an authority and a certificate, made by the command.
struct Made(tempfile::TempDir);

impl Made {
    fn new() -> Self {
        let made = Self(tempfile::TempDir::new().expect("a folder"));
        made.init(&[]);
        made
    }

    fn init(&self, names: &[&str]) {
        let output = Command::new(BINARY)
            .args(["tls", "init", "--out"])
            .arg(self.0.path())
            .args(names)
            .output()
            .expect("the command runs");
        assert!(output.status.success(), "{output:?}");
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn der(&self, name: &str) -> CertificateDer<'static> {
        CertificateDer::from_pem_file(self.file(name)).expect("a certificate")
    }

    fn command(&self, named: &str, data: &Path, key: &str) -> Command {
        let mut command = Server::command_named(named, BINARY, data, None);
        command.env("TLS_CERT", self.file("server.crt")).env("TLS_KEY", self.file(key));
        command
    }

    /// A connection as a browser makes it that trusts this authority and no other.
    fn connect(&self, server: SocketAddr, name: &str) -> Result<Browser, rustls::Error> {
        let mut roots = RootCertStore::empty();
        roots.add(self.der("ca.crt")).expect("a root");
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("protocols")
            .with_root_certificates(roots)
            .with_no_client_auth();
        let name = ServerName::try_from(name.to_owned()).expect("a name");
        let mut session = ClientConnection::new(Arc::new(config), name)?;
        let mut stream = TcpStream::connect(server).expect("somebody listens");
        while session.is_handshaking() {
            if let Err(error) = session.complete_io(&mut stream) {
                let error = error.into_inner().and_then(|inner| inner.downcast::<rustls::Error>().ok());
                return Err(*error.expect("an error of TLS"));
            }
        }
        Ok(Browser(StreamOwned::new(session, stream)))
    }
}

struct Browser(StreamOwned<ClientConnection, TcpStream>);

impl Browser {
    fn ask(&mut self, request: &str) -> String {
        self.0.write_all(request.as_bytes()).expect("sent");
        let mut said = [0; 4_096];
        let length = self.0.read(&mut said).expect("an answer");
        String::from_utf8_lossy(&said[..length]).into_owned()
    }

    fn shown(&self) -> CertificateDer<'static> {
        self.0.conn.peer_certificates().expect("certificates")[0].clone().into_owned()
    }
}

fn health(made: &Made, data: &Path, server: &Server) -> Output {
    let mut command = made.command("healthcheck", data, "server.key");
    command.env("PORT", server.address.port().to_string()).output().expect("the command runs")
}

#[test]
fn a_hall_without_a_proxy_is_served_over_tls() {
    let (made, data) = (Made::new(), tempfile::TempDir::new().expect("a folder"));
    let server = Server::start(made.command("serve", data.path(), "server.key"));
    for name in ["localhost", "127.0.0.1"] {
        let mut browser = made.connect(server.address, name).expect("the certificate is trusted");
        let ready = browser.ask("GET /ready HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assert!(ready.starts_with("HTTP/1.1 200"), "{ready}");
        let socket = browser.ask(
            "GET /ws HTTP/1.1\r\nHost: localhost\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
        );
        assert!(socket.starts_with("HTTP/1.1 101"), "{socket}");
    }
    assert!(
        made.connect(server.address, "elsewhere.example.org").is_err(),
        "the certificate names this machine alone"
    );
    assert!(
        Made::new().connect(server.address, "localhost").is_err(),
        "another authority vouches for nothing here"
    );
    let health = health(&made, data.path(), &server);
    assert!(health.status.success(), "{health:?}");
}

#[test]
fn who_forgets_the_s_is_told_the_right_address() {
    let (made, data) = (Made::new(), tempfile::TempDir::new().expect("a folder"));
    let server = Server::start(made.command("serve", data.path(), "server.key"));
    let mut plain = TcpStream::connect(server.address).expect("somebody listens");
    plain
        .write_all(b"GET /attempt?x=1 HTTP/1.1\r\nHost: 192.0.2.7:8080\r\nConnection: close\r\n\r\n")
        .expect("sent");
    let mut said = String::new();
    plain.read_to_string(&mut said).expect("an answer");
    assert!(said.starts_with("HTTP/1.1 308"), "{said}");
    assert!(said.contains("location: https://192.0.2.7:8080/attempt?x=1\r\n"), "{said}");
}

#[test]
fn the_next_certificate_is_shown_without_a_restart() {
    let (made, data) = (Made::new(), tempfile::TempDir::new().expect("a folder"));
    let server = Server::start(made.command("serve", data.path(), "server.key"));
    let authority = made.der("ca.crt");
    assert!(made.connect(server.address, "hall-3.example.org").is_err());
    made.init(&["hall-3.example.org"]);
    assert_eq!(made.der("ca.crt"), authority, "devices that trust it go on to");
    let told = Command::new("kill").args(["-HUP", &server.id().to_string()]).status().expect("kill runs");
    assert!(told.success());
    let shown = (0..LOOKS_MAX).find_map(|_| made.connect(server.address, "hall-3.example.org").ok());
    assert_eq!(shown.expect("the next certificate").shown(), made.der("server.crt"));
    // Files that don't go together change nothing.
    fs::write(made.file("server.key"), "nothing").expect("written");
    let told = Command::new("kill").args(["-HUP", &server.id().to_string()]).status().expect("kill runs");
    assert!(told.success());
    assert!(made.connect(server.address, "hall-3.example.org").is_ok());
}

#[test]
fn files_that_dont_go_together_are_refused_at_start() {
    let (made, data) = (Made::new(), tempfile::TempDir::new().expect("a folder"));
    for (key, word) in [("ca.key", "don't go together"), ("nowhere.key", "can't be read")] {
        let output = made.command("serve", data.path(), key).output().expect("the command runs");
        assert!(!output.status.success());
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.contains("TLS_CERT and TLS_KEY") && said.contains(word), "{said}");
    }
    let mut half = Server::command(BINARY, data.path(), None);
    let output = half.env("TLS_CERT", made.file("server.crt")).output().expect("the command runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && said.contains("set both, or neither"), "{said}");
}
