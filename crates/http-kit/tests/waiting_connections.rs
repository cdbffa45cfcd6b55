//! Who has connected when a server is told to stop is served, however many they are.

use axum::{Router, routing::get};
use http_kit::{Served, listen, serve};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};
use tokio_util::sync::CancellationToken;

/// More than the runtime lets one task take in a row.
const CONNECTIONS: usize = 300;

#[tokio::test]
async fn every_connection_that_waits_to_be_taken_at_a_stop_is_answered() {
    let listener = listen("127.0.0.1:0".parse().unwrap()).unwrap();
    let address = listener.local_addr().unwrap();
    let mut waiting = Vec::new();
    for _ in 0..CONNECTIONS {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(b"GET / HTTP/1.1\r\nHost: exam\r\n\r\n").await.unwrap();
        waiting.push(stream);
    }
    let stop = CancellationToken::new();
    stop.cancel();
    let served = tokio::spawn(serve(listener, Router::new().route("/", get(|| async { "here" })), stop));
    for (number, mut stream) in waiting.into_iter().enumerate() {
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap_or_else(|error| panic!("connection {number}: {error}"));
        assert!(answer.ends_with(b"here"), "connection {number}");
    }
    assert_eq!(served.await.unwrap(), Served::Drained);
}
