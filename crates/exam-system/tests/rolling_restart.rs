//! A process that is told to stop leaves without anybody noticing: the real binary, told so while candidates save.

#![expect(clippy::expect_used, reason = "a test that can't go on must stop")]

mod kit;

use std::{
    io,
    net::SocketAddr,
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use futures::{SinkExt as _, StreamExt as _};
use kit::{Candidate, database_url, save, seat};
use question_model::QuestionVersionId;
use serde_json::json;
use test_kit::{Server, TestDatabase, Wire};
use tokio_tungstenite::tungstenite::Message;

const BINARY: &str = env!("CARGO_BIN_EXE_exam-system");
const CANDIDATES: usize = 16;
/// Acknowledged saves before the process is told to stop.
const SAVES_BEFORE: usize = 200;

/// What a candidate saw until the process was gone.
struct Seen {
    /// The last save that was acknowledged.
    acknowledged: i64,
    /// Whether its last save was on its way when the connection ended.
    cut: bool,
}

/// Saves without pause, over a new connection whenever the server asks for one, until nobody listens any more.
async fn save_until_gone(
    server: SocketAddr,
    candidate: Candidate,
    question: QuestionVersionId,
    heard: tokio::sync::mpsc::UnboundedSender<()>,
) -> Seen {
    let mut acknowledged = 0;
    loop {
        let Ok(mut wire) = Wire::connect(server).await else { return Seen { acknowledged, cut: false } };
        loop {
            match candidate.put(&mut wire, "/responses", &save(question, acknowledged + 1)).await {
                Ok(answer) => {
                    let asks_to_move = answer.headers.get("connection").is_some_and(|value| value == "close");
                    answer.expect(200);
                    acknowledged += 1;
                    let _ = heard.send(());
                    if asks_to_move {
                        break;
                    }
                }
                Err(_) => return Seen { acknowledged, cut: true },
            }
        }
    }
}

/// Asks for readiness until it is denied or nobody listens; answers whether it was denied while others were served.
async fn watch_readiness(server: SocketAddr, seen: Arc<AtomicBool>) -> io::Result<()> {
    loop {
        let mut wire = Wire::connect(server).await?;
        let answer = wire.send("GET", "/ready", &[], None).await?;
        if answer.status.as_u16() == 503 {
            assert!(answer.json()["checks"]["process"].as_str().expect("why").starts_with("leaving"));
            seen.store(true, Ordering::SeqCst);
            return Ok(());
        }
    }
}

#[test]
fn sockets_are_told_to_move_when_a_process_leaves() {
    test_kit::run(async {
        let data = tempfile::TempDir::new().expect("a folder");
        let database = TestDatabase::sqlite();
        let seeded = seat(&database.config, data.path(), 1).await;
        let server = Server::start(Server::command(BINARY, data.path(), Some(&database_url(&database))));
        let stream = tokio::net::TcpStream::connect(server.address).await.expect("a connection");
        let url = format!("ws://{}/ws", server.address);
        let (mut socket, _) = tokio_tungstenite::client_async(url, stream).await.expect("a socket");
        let hello = json!({ "type": "hello", "ticket": seeded.candidates[0].ticket }).to_string();
        socket.send(Message::text(hello)).await.expect("sent");
        let ready = socket.next().await.expect("a message").expect("no error");
        assert!(ready.to_text().expect("text").contains("ready"));
        let told = Command::new("kill").arg(server.id().to_string()).status().expect("kill runs");
        assert!(told.success());
        let last = loop {
            match socket.next().await.expect("a message").expect("no error") {
                Message::Close(frame) => break frame.expect("a reason"),
                _ => continue,
            }
        };
        // 1012: the browser connects again at once, and meets another process.
        assert_eq!((u16::from(last.code), last.reason.as_str()), (1012, "moved"));
        let status = tokio::task::spawn_blocking(move || server.wait()).await.expect("an end");
        assert_eq!(status.code(), Some(0), "{status}");
    });
}

test_kit::on_both_databases! {
    async fn saves_in_flight_when_a_process_is_told_to_stop_are_durable_or_not_taken(database: TestDatabase) {
        let data = tempfile::TempDir::new().expect("a folder");
        let url = database_url(&database);
        let seeded = seat(&database.config, data.path(), CANDIDATES).await;
        let question = seeded.questions[0];
        let mut command = Server::command(BINARY, data.path(), Some(&url));
        command.env("DRAIN_GRACE", "0.5");
        let server = Server::start(command);
        let address = server.address;
        let mut wire = Wire::connect(address).await.expect("a connection");
        for candidate in &seeded.candidates {
            candidate.start(&mut wire).await;
        }
        let (heard, mut acknowledged) = tokio::sync::mpsc::unbounded_channel();
        let savers: Vec<_> = seeded
            .candidates
            .iter()
            .map(|candidate| {
                tokio::spawn(save_until_gone(address, candidate.clone(), question, heard.clone()))
            })
            .collect();
        for _ in 0..SAVES_BEFORE {
            acknowledged.recv().await.expect("an acknowledgement");
        }
        let denied = Arc::new(AtomicBool::new(false));
        let watch = tokio::spawn(watch_readiness(address, Arc::clone(&denied)));
        let told = Command::new("kill").arg(server.id().to_string()).status().expect("kill runs");
        assert!(told.success());
        let mut seen = Vec::new();
        for saver in savers {
            seen.push(saver.await.expect("a saver"));
        }
        watch.await.expect("a watch").expect("an answer");
        assert!(denied.load(Ordering::SeqCst), "it was never unready while it served");
        let status = tokio::task::spawn_blocking(move || server.wait()).await.expect("an end");
        assert_eq!(status.code(), Some(0), "{status}");

        // The next process knows every save that was acknowledged, and nothing that was cut.
        let server = Server::start(Server::command(BINARY, data.path(), Some(&url)));
        let mut wire = Wire::connect(server.address).await.expect("a connection");
        for (candidate, Seen { acknowledged, cut }) in seeded.candidates.iter().zip(seen) {
            let held = candidate.get(&mut wire, "/responses").await.expect("an answer").expect(200);
            let seq = held["responses"][0]["seq"].as_i64().unwrap_or(0);
            assert_eq!(seq, acknowledged, "a save that was written wasn't acknowledged (cut: {cut})");
        }
    }
}
