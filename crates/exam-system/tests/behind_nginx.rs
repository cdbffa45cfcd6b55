//! The real nginx with the committed configuration, in front of real processes: TLS, sockets, large bodies, other origins,
//! closed doors, limits, and a replica that goes away.

mod topology;

use std::{
    fs,
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::Arc,
};

use authz::Service;
use axum::body::{Body, Bytes};
use http_body_util::BodyExt as _;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, ServerName, pem::PemObject as _},
};
use serde_json::{Value, json};
use test_kit::{Answer, OwnPostgres};
use tokio::net::TcpStream;
use tokio_rustls::{TlsConnector, client::TlsStream};
use topology::{Hall, Seated, Topology, create_admin, open_hall, seat};

const ORIGIN: &str = "https://app.example.org";
/// A hall's requests in one burst from one address, over so many connections.
const BURST_REQUESTS: usize = 2_000;
const BURST_CONNECTIONS: usize = 40;

/// A running nginx; stopped when dropped.
struct Nginx {
    child: Child,
    address: SocketAddr,
    tls: TlsConnector,
}

/// nginx, where it is installed.
fn nginx() -> Option<PathBuf> {
    let found = ["/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx", "/usr/local/bin/nginx"]
        .map(PathBuf::from)
        .into_iter()
        .find(|path| path.is_file());
    if found.is_none() {
        test_kit::skip("nginx is not installed (`make setup` installs it)");
    }
    found
}

/// The committed configuration in a folder of its own, with a certificate for `localhost`.
fn committed(folder: &Path) -> String {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../infrastructure/nginx");
    copy(&source, folder);
    let certified = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
    let certificate = certified.cert.pem();
    fs::write(folder.join("tls/server.crt"), &certificate).expect("written");
    fs::write(folder.join("tls/server.key"), certified.signing_key.serialize_pem()).expect("written");
    certificate
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

fn command(nginx: &Path, folder: &Path) -> Command {
    let mut command = Command::new(nginx);
    command.arg("-p").arg(folder).arg("-c").arg(folder.join("nginx.conf")).stdin(Stdio::null());
    command
}

fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).expect("a free port").local_addr().expect("a port").port()
}

impl Nginx {
    /// Starts it with the committed files, but for what belongs to an installation: names, addresses, paths.
    fn start(nginx: &Path, folder: &Path, topology: &Topology) -> Self {
        let certificate = committed(folder);
        let site =
            |file: &str, text: String| fs::write(folder.join("site").join(file), text).expect("written");
        let here = folder.display();
        site("main.conf", format!("pid {here}/nginx.pid;\nerror_log {here}/error.log warn;\ndaemon off;\n"));
        site(
            "paths.conf",
            format!(
                "client_body_temp_path {here}/body;\nproxy_temp_path {here}/proxy;\nfastcgi_temp_path {here}/f;\n\
                 uwsgi_temp_path {here}/u;\nscgi_temp_path {here}/s;\naccess_log {here}/access.log plain;\n"
            ),
        );
        let mut upstreams = String::new();
        for service in Service::ALL {
            let servers: String = topology
                .listening(service)
                .iter()
                .map(|address| format!("server {address} max_fails=2 fail_timeout=2s;\n"))
                .collect();
            // What doesn't run here is asked for by nobody.
            let servers = if servers.is_empty() { "server 127.0.0.1:9 down;\n".to_owned() } else { servers };
            let name = service.name().replace('-', "_");
            upstreams.push_str(&format!("upstream {name} {{\n{servers}include parts/keepalive.conf;\n}}\n"));
        }
        site("upstreams.conf", upstreams);
        site(
            "cors.conf",
            format!("map $http_origin $cors_origin {{ default \"\"; \"{ORIGIN}\" $http_origin; }}\n"),
        );
        let (port, plain) = (free_port(), free_port());
        site(
            "listen.conf",
            format!(
                "listen 127.0.0.1:{port} ssl http2;\nserver_name localhost;\nssl_certificate tls/server.crt;\n\
                 ssl_certificate_key tls/server.key;\n"
            ),
        );
        site("listen-plain.conf", format!("listen 127.0.0.1:{plain};\n"));
        let mut child = command(nginx, folder).spawn().expect("nginx starts");
        let address = SocketAddr::from(([127, 0, 0, 1], port));
        while std::net::TcpStream::connect(address).is_err() {
            let ended = child.try_wait().expect("its state");
            let log = fs::read_to_string(folder.join("error.log")).unwrap_or_default();
            assert!(ended.is_none(), "nginx ended: {log}");
        }
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_slice(certificate.as_bytes()).expect("PEM")).expect("a root");
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("protocols")
            .with_root_certificates(roots)
            .with_no_client_auth();
        Self { child, address, tls: TlsConnector::from(Arc::new(config)) }
    }

    async fn stream(&self) -> TlsStream<TcpStream> {
        let stream = TcpStream::connect(self.address).await.expect("nginx listens");
        let name = ServerName::try_from("localhost").expect("a name");
        self.tls.connect(name, stream).await.expect("TLS with the certificate that was made for it")
    }

    async fn connect(&self) -> Line {
        let (sender, connection) = handshake(TokioIo::new(self.stream().await)).await.expect("HTTP");
        tokio::spawn(async move { drop(connection.await) });
        Line(sender)
    }

    async fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> Answer {
        self.connect().await.send(method, path, headers, body).await
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // SIGTERM lets the first process end its workers; a kill would leave them.
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        let _ = self.child.wait();
    }
}

/// One connection through nginx.
struct Line(SendRequest<Body>);

impl Line {
    async fn send(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> Answer {
        let mut request = axum::http::Request::builder().method(method).uri(path).header("host", "localhost");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.0.ready().await.expect("an open connection");
        let response =
            self.0.send_request(request.body(body.into()).expect("a request")).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let body = body.collect().await.expect("a whole answer").to_bytes();
        Answer { status: parts.status, headers: parts.headers, body }
    }
}

const JSON: (&str, &str) = ("content-type", "application/json");

fn part(seated: &Seated, rest: &str) -> String {
    format!("/api/v1/exams/attempts/{}{rest}", seated.attempt)
}

/// The committed files are what nginx takes, whatever is replaced when it runs.
#[test]
fn nginx_takes_the_committed_files() {
    let Some(nginx) = nginx() else { return };
    let folder = tempfile::TempDir::new().expect("a folder");
    committed(folder.path());
    // What the files name outside of their folder isn't this test's to write to.
    let outside = "pid nginx.pid;\nerror_log stderr warn;\n";
    fs::write(folder.path().join("site/main.conf"), outside).expect("written");
    let paths = fs::read_to_string(folder.path().join("site/paths.conf")).expect("paths");
    let here = folder.path().display().to_string();
    let paths = paths.replace("/var/lib/nginx", &here).replace("/var/log/nginx", &here);
    fs::write(folder.path().join("site/paths.conf"), paths).expect("written");
    let output = command(&nginx, folder.path()).arg("-t").output().expect("nginx runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_hall_behind_one_address_sits_an_exam_through_nginx() {
    let Some(nginx) = nginx() else { return };
    let Some(postgres) = OwnPostgres::start() else { return };
    let data = tempfile::TempDir::new().expect("a folder");
    let folder = tempfile::TempDir::new().expect("a folder");
    let services = [Service::Auth, Service::Question, Service::Exam];
    let extra = [("TRUSTED_PROXIES", "1"), ("CORS_ORIGINS", ORIGIN), ("PUBLIC_URL", "https://localhost")];
    let mut topology = Topology::of(&services, &postgres, data.path(), &extra);
    create_admin(&postgres, data.path());
    let edge = Nginx::start(&nginx, folder.path(), &topology);
    test_kit::run(async {
        let hall = open_hall(&topology, 2).await;
        let seated = seat(&topology, &hall.codes[0]).await;
        the_application_comes_over_tls(&edge).await;
        a_socket_passes(&edge, &seated).await;
        large_bodies_pass_where_files_are_handed_in(&edge, &seated).await;
        other_origins_are_answered(&edge).await;
        closed_doors_stay_closed(&edge, &hall).await;
        a_burst_from_one_address_is_answered(&edge, &seated).await;
        password_logins_are_limited_and_candidates_are_not(&edge, &seated).await;
        drop(topology.take_one(Service::Exam));
        requests_go_to_the_replica_that_is_left(&edge, &seated).await;
    });
}

async fn the_application_comes_over_tls(edge: &Nginx) {
    let page = edge.send("GET", "/", &[], Body::empty()).await;
    assert!(page.headers.contains_key("strict-transport-security"), "{:?}", page.headers);
    edge.send("GET", "/health", &[], Body::empty()).await.expect(200);
    edge.send("GET", "/api/v1/auth/jwks.json", &[], Body::empty()).await.expect(200);
}

async fn a_socket_passes(edge: &Nginx, seated: &Seated) {
    use futures::{SinkExt as _, StreamExt as _};
    use tokio_tungstenite::tungstenite::Message;
    let (mut socket, answer) =
        tokio_tungstenite::client_async("wss://localhost/ws", edge.stream().await).await.expect("an upgrade");
    assert_eq!(answer.status().as_u16(), 101);
    let hello = json!({ "type": "hello", "ticket": seated.ticket }).to_string();
    socket.send(Message::text(hello)).await.expect("sent");
    let first = socket.next().await.expect("a message").expect("no error");
    assert_eq!(serde_json::from_str::<Value>(first.to_text().expect("text")).expect("JSON")["type"], "ready");
}

async fn large_bodies_pass_where_files_are_handed_in(edge: &Nginx, seated: &Seated) {
    const BOUNDARY: &str = "a-boundary";
    let file = "0192f0c1-2345-7abc-8def-0123456789ab";
    let head = format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"film.mp4\"\r\n\
         Content-Type: video/mp4\r\n\r\n"
    );
    let bytes = 100 * 1024 * 1024 - 4096;
    let body = [head.as_bytes(), &vec![7; bytes], format!("\r\n--{BOUNDARY}--\r\n").as_bytes()].concat();
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    let headers = [("exam-ticket", seated.ticket.as_str()), ("content-type", &kind)];
    let path = part(seated, &format!("/files/{file}"));
    let taken = edge.send("PUT", &path, &headers, Bytes::from(body.clone())).await.expect(200);
    assert_eq!(taken["bytes"], bytes);

    let headers = [("exam-ticket", seated.ticket.as_str()), JSON, ("origin", ORIGIN)];
    let refused = edge.send("PUT", &part(seated, "/responses"), &headers, Bytes::from(body)).await;
    assert_eq!(refused.headers["access-control-allow-origin"], ORIGIN);
    assert_eq!(refused.problem(413), "request.too_large");
}

async fn other_origins_are_answered(edge: &Nginx) {
    let ask = |origin| {
        let headers = [
            ("origin", origin),
            ("access-control-request-method", "PUT"),
            ("access-control-request-headers", "exam-ticket,content-type"),
        ];
        async move { edge.send("OPTIONS", "/api/v1/exams/attempts/x/responses", &headers, Body::empty()).await }
    };
    let allowed = ask(ORIGIN).await;
    assert_eq!(allowed.headers["access-control-allow-origin"], ORIGIN);
    let methods = allowed.headers["access-control-allow-methods"].to_str().expect("text");
    assert!(methods.contains("PUT"), "{methods}");
    let other = ask("https://elsewhere.example.org").await;
    assert!(!other.headers.contains_key("access-control-allow-origin"));
}

async fn closed_doors_stay_closed(edge: &Nginx, hall: &Hall) {
    let bearer = format!("Bearer {}", hall.token);
    let headers = [("authorization", bearer.as_str()), JSON];
    for path in [
        auth_api::wire::FIND_PEOPLE,
        "/api/v1/auth/%69nternal/people/find",
        "/api/v1//auth/internal/people/find",
        "/api/v1/questions/internal/freeze",
        "/api/v1/questions/banks/../internal/freeze",
        "/metrics",
    ] {
        let answer = edge.send("POST", path, &headers, "{}").await;
        assert_eq!(answer.problem(404), "request.no_such_thing", "{path}");
    }
}

async fn a_burst_from_one_address_is_answered(edge: &Nginx, seated: &Seated) {
    let path = part(seated, "");
    let lines = (0..BURST_CONNECTIONS).map(|_| async {
        let mut line = edge.connect().await;
        for _ in 0..BURST_REQUESTS / BURST_CONNECTIONS {
            line.send("GET", &path, &[("exam-ticket", &seated.ticket)], Body::empty()).await.expect(200);
        }
    });
    futures::future::join_all(lines).await;
}

async fn password_logins_are_limited_and_candidates_are_not(edge: &Nginx, seated: &Seated) {
    let mut line = edge.connect().await;
    let mut refused = 0;
    for _ in 0..300 {
        // Not even JSON: refused by the service without hashing anything, and counted by nginx like any other.
        let answer = line.send("POST", "/api/v1/auth/login", &[JSON], "x").await;
        if answer.status.as_u16() == 429 {
            assert!(answer.headers.contains_key("retry-after"));
            assert_eq!(answer.problem(429), "request.rate_limited");
            refused += 1;
        }
    }
    assert!((100..=250).contains(&refused), "{refused} of 300 refused");
    let headers = [("exam-ticket", seated.ticket.as_str()), JSON];
    let save = seated.save_body(1, "answer").to_string();
    line.send("PUT", &part(seated, "/responses"), &headers, save).await.expect(200);
    // Codes aren't passwords: a hall checks in from one address.
    for _ in 0..150 {
        let answer = line.send("POST", "/api/v1/auth/check-in", &[JSON], r#"{"code":"x"}"#).await;
        assert_eq!(answer.problem(422), "auth.code_mistyped");
    }
}

async fn requests_go_to_the_replica_that_is_left(edge: &Nginx, seated: &Seated) {
    let headers = [("exam-ticket", seated.ticket.as_str()), JSON];
    let mut line = edge.connect().await;
    for seq in 2..=60 {
        let save = seated.save_body(seq, "answer").to_string();
        line.send("PUT", &part(seated, "/responses"), &headers, save).await.expect(200);
    }
    let lease = json!({ "lease_no": seated.lease_no }).to_string();
    line.send("POST", &part(seated, "/submit"), &headers, lease).await.expect(200);
}
