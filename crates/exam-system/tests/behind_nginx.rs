//! The real nginx with the committed configuration, in front of real processes: TLS, sockets, large bodies, other origins,
//! closed doors, limits, and a replica that goes away.

#![expect(clippy::expect_used, clippy::panic, reason = "a test that can't go on must stop")]

mod topology;

use std::{
    path::{Path, PathBuf},
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
use test_kit::{Answer, OwnNginx, OwnPostgres};
use tokio::net::TcpStream;
use tokio_rustls::{TlsConnector, client::TlsStream};
use topology::{Hall, Seated, Topology, create_admin, open_hall, seat};

const ORIGIN: &str = "https://app.example.org";
/// A hall's requests in one burst from one address, over so many connections.
const BURST_REQUESTS: usize = 2_000;
const BURST_CONNECTIONS: usize = 40;

/// The committed files.
fn configuration() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../infrastructure/nginx")
}

/// nginx, and what a client needs to trust it.
struct Edge {
    nginx: OwnNginx,
    tls: TlsConnector,
}

impl Edge {
    fn before(topology: &Topology) -> Option<Self> {
        let nginx = OwnNginx::start(&configuration(), &topology.replicas, &[ORIGIN])?;
        let mut roots = RootCertStore::empty();
        roots
            .add(CertificateDer::from_pem_slice(nginx.certificate.as_bytes()).expect("PEM"))
            .expect("a root");
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("protocols")
            .with_root_certificates(roots)
            .with_no_client_auth();
        Some(Self { nginx, tls: TlsConnector::from(Arc::new(config)) })
    }

    async fn stream(&self) -> TlsStream<TcpStream> {
        let stream = TcpStream::connect(self.nginx.address).await.expect("nginx listens");
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
    if let Some(said) = OwnNginx::check(&configuration()) {
        assert_eq!(said, Ok(()));
    }
}

#[test]
fn a_hall_behind_one_address_sits_an_exam_through_nginx() {
    let Some(postgres) = OwnPostgres::start() else { return };
    let data = tempfile::TempDir::new().expect("a folder");
    let services = [Service::Auth, Service::Question, Service::Exam];
    let extra = [("TRUSTED_PROXIES", "1"), ("CORS_ORIGINS", ORIGIN), ("PUBLIC_URL", "https://localhost")];
    let mut topology = Topology::of(&services, &postgres, data.path(), &extra);
    let Some(edge) = Edge::before(&topology) else { return };
    create_admin(&postgres, data.path());
    test_kit::run(async {
        let hall = open_hall(&topology, 2).await;
        let seated = seat(&topology, &hall.codes[0]).await;
        the_application_comes_over_tls(&edge).await;
        a_socket_passes(&edge, &seated).await;
        large_bodies_pass_where_files_are_handed_in(&edge, &seated).await;
        other_origins_are_answered(&edge).await;
        closed_doors_stay_closed(&edge, &hall).await;
        a_burst_from_one_address_is_answered(&edge, &seated).await;
        password_logins_are_limited_and_no_hall_meets_the_limit(&edge, &seated).await;
        answer_files_pass(&edge, &hall).await;
        a_replica_that_hangs_is_left(&edge, &topology, &seated).await;
        drop(topology.replicas.take_one(Service::Exam));
        requests_go_to_the_replica_that_is_left(&edge, &seated).await;
    });
}

async fn the_application_comes_over_tls(edge: &Edge) {
    let page = edge.send("GET", "/", &[], Body::empty()).await;
    assert!(page.headers.contains_key("strict-transport-security"), "{:?}", page.headers);
    edge.send("GET", "/health", &[], Body::empty()).await.expect(200);
    edge.send("GET", "/api/v1/auth/jwks.json", &[], Body::empty()).await.expect(200);
}

async fn a_socket_passes(edge: &Edge, seated: &Seated) {
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

async fn large_bodies_pass_where_files_are_handed_in(edge: &Edge, seated: &Seated) {
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

async fn other_origins_are_answered(edge: &Edge) {
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

async fn closed_doors_stay_closed(edge: &Edge, hall: &Hall) {
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

async fn a_burst_from_one_address_is_answered(edge: &Edge, seated: &Seated) {
    let path = part(seated, "");
    let lines = (0..BURST_CONNECTIONS).map(|_| async {
        let mut line = edge.connect().await;
        for _ in 0..BURST_REQUESTS / BURST_CONNECTIONS {
            line.send("GET", &path, &[("exam-ticket", &seated.ticket)], Body::empty()).await.expect(200);
        }
    });
    futures::future::join_all(lines).await;
}

async fn password_logins_are_limited_and_no_hall_meets_the_limit(edge: &Edge, seated: &Seated) {
    // Not even JSON: refused by the service without hashing anything, and counted by nginx like any other.
    let sign_in = async |times: usize| {
        let mut line = edge.connect().await;
        let mut refused = 0;
        for _ in 0..times {
            let answer = line.send("POST", "/api/v1/auth/login", &[JSON], "x").await;
            if answer.status.as_u16() == 429 {
                assert!(answer.headers.contains_key("retry-after"));
                assert_eq!(answer.problem(429), "request.rate_limited");
                refused += 1;
            }
        }
        refused
    };
    assert_eq!(sign_in(1_000).await, 0);
    let lines = (0..BURST_CONNECTIONS).map(|_| sign_in(200));
    let refused: usize = futures::future::join_all(lines).await.into_iter().sum();
    assert!(refused > 1_000, "{refused} of 8,000 refused");
    let mut line = edge.connect().await;
    let headers = [("exam-ticket", seated.ticket.as_str()), JSON];
    let save = seated.save_body(1, "answer").to_string();
    line.send("PUT", &part(seated, "/responses"), &headers, save).await.expect(200);
    // Codes aren't passwords: a hall checks in from one address.
    for _ in 0..150 {
        let answer = line.send("POST", "/api/v1/auth/check-in", &[JSON], r#"{"code":"x"}"#).await;
        assert_eq!(answer.problem(422), "auth.code_mistyped");
    }
}

/// What isn't an answer file is refused by the service, which has read the whole of it.
async fn answer_files_pass(edge: &Edge, hall: &Hall) {
    let bearer = format!("Bearer {}", hall.token);
    let headers = [("authorization", bearer.as_str()), ("content-type", "application/octet-stream")];
    let path = format!("/api/v1/exams/sittings/{}/answer-files", hall.sitting);
    let answer = edge.send("POST", &path, &headers, vec![7; 6 << 20]).await;
    assert_eq!(answer.problem(422), "exam.not_an_answer_file");
}

/// A process that stands still takes connections all the same: the system does so for it.
async fn a_replica_that_hangs_is_left(edge: &Edge, topology: &Topology, seated: &Seated) {
    let still = topology.replicas.first(Service::Exam);
    still.stall();
    let headers = [("exam-ticket", seated.ticket.as_str()), JSON];
    let lines = (0..4).map(|_| async {
        let mut line = edge.connect().await;
        let save = seated.save_body(1, "answer").to_string();
        line.send("PUT", &part(seated, "/responses"), &headers, save).await.expect(200);
    });
    futures::future::join_all(lines).await;
    still.go_on();
}

async fn requests_go_to_the_replica_that_is_left(edge: &Edge, seated: &Seated) {
    let headers = [("exam-ticket", seated.ticket.as_str()), JSON];
    let mut line = edge.connect().await;
    for seq in 2..=60 {
        let save = seated.save_body(seq, "answer").to_string();
        line.send("PUT", &part(seated, "/responses"), &headers, save).await.expect(200);
    }
    let lease = json!({ "lease_no": seated.lease_no }).to_string();
    line.send("POST", &part(seated, "/submit"), &headers, lease).await.expect(200);
}
