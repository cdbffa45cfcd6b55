//! Who has connected when a server is told to stop is served, however many they are.

#![expect(clippy::unwrap_used, reason = "a test that can't go on must stop")]

use std::{io, net::SocketAddr, sync::Arc};

use axum::{Router, routing::get};
use http_kit::{Served, Tls, TlsFiles, listen, serve_until};
use rustls::{ClientConfig, RootCertStore, pki_types::ServerName};
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};
use tokio_rustls::TlsConnector;
use tokio_util::sync::CancellationToken;

/// More than the runtime lets one task take in a row.
const CONNECTIONS: usize = 300;
/// With a handshake each.
const CONNECTIONS_OVER_TLS: usize = 20;

fn begin() -> (TcpListener, SocketAddr) {
    let listener = listen("127.0.0.1:0".parse().unwrap()).unwrap();
    let address = listener.local_addr().unwrap();
    (listener, address)
}

/// A server that is told to stop before it has taken the first connection.
fn stopped(listener: TcpListener, tls: Option<Tls>) -> JoinHandle<io::Result<Served>> {
    let stop = CancellationToken::new();
    stop.cancel();
    let app = Router::new().route("/", get(|| async { "here" }));
    tokio::spawn(serve_until(listener, tls, app, stop.clone(), stop))
}

async fn ask(stream: &mut (impl AsyncWrite + Unpin)) {
    stream.write_all(b"GET / HTTP/1.1\r\nHost: exam\r\n\r\n").await.unwrap();
}

async fn is_answered(mut stream: impl AsyncRead + Unpin) -> bool {
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.is_ok() && answer.ends_with(b"here")
}

#[tokio::test]
async fn every_connection_that_waits_to_be_taken_at_a_stop_is_answered() {
    let (listener, address) = begin();
    let mut waiting = Vec::new();
    for _ in 0..CONNECTIONS {
        let mut stream = TcpStream::connect(address).await.unwrap();
        ask(&mut stream).await;
        waiting.push(stream);
    }
    let served = stopped(listener, None);
    for (number, stream) in waiting.into_iter().enumerate() {
        assert!(is_answered(stream).await, "connection {number}");
    }
    assert_eq!(served.await.unwrap().unwrap(), Served::Drained);
}

#[tokio::test]
async fn who_waits_to_be_taken_over_tls_is_answered_too() {
    let folder = tempfile::tempdir().unwrap();
    let certified = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let files =
        TlsFiles { certificate: folder.path().join("server.crt"), key: folder.path().join("server.key") };
    std::fs::write(&files.certificate, certified.cert.pem()).unwrap();
    std::fs::write(&files.key, certified.signing_key.serialize_pem()).unwrap();
    let mut roots = RootCertStore::empty();
    roots.add(certified.cert.der().clone()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let connector = TlsConnector::from(Arc::new(config));

    let (listener, address) = begin();
    let mut waiting = Vec::new();
    for _ in 0..CONNECTIONS_OVER_TLS {
        let stream = TcpStream::connect(address).await.unwrap();
        let connecting = connector.connect(ServerName::try_from("localhost").unwrap(), stream);
        waiting.push(tokio::spawn(async move {
            let mut stream = connecting.await?;
            ask(&mut stream).await;
            io::Result::Ok(is_answered(stream).await)
        }));
    }
    let served = stopped(listener, Some(Tls::load(files).unwrap()));
    for (number, answered) in waiting.into_iter().enumerate() {
        assert!(answered.await.unwrap().unwrap(), "connection {number}");
    }
    assert_eq!(served.await.unwrap().unwrap(), Served::Drained);
}
