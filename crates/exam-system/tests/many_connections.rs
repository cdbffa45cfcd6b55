//! A hall has more candidates than a process may open files at first.

#![expect(clippy::expect_used, reason = "a test that can't go on must stop")]

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    process::Command,
    time::Duration,
};

use test_kit::Server;

/// Files that the process may open at first. Most systems say 1,024.
const FILES_AT_FIRST: usize = 256;
/// Less than the time after which connections that lie idle are closed, and make room.
const ANSWER_MAX: Duration = Duration::from_secs(30);

/// Asks something, over a connection that stays, and is answered.
fn ask(mut stream: &TcpStream) {
    stream.write_all(b"GET /health HTTP/1.1\r\nHost: exam\r\n\r\n").expect("a request");
    let mut answer = Vec::new();
    let mut piece = [0; 4_096];
    while !answer.ends_with(b"}") {
        let read = stream.read(&mut piece).expect("an answer in time");
        assert_ne!(read, 0, "cut off");
        answer.extend_from_slice(&piece[..read]);
    }
    assert!(answer.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&answer));
}

#[test]
fn failure_1_more_candidates_connect_than_a_process_may_open_files_at_first() {
    let data = tempfile::tempdir().expect("a folder");
    let serve = Server::command(env!("CARGO_BIN_EXE_exam-system"), data.path(), None);
    let mut limited = Command::new("sh");
    limited
        .args(["-c", &format!("ulimit -Sn {FILES_AT_FIRST} && exec \"$0\" \"$@\"")])
        .arg(serve.get_program())
        .args(serve.get_args())
        .env_clear()
        .envs(serve.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let server = Server::start(limited);
    // One after the other: each is taken before the next one asks for something.
    let mut connected = Vec::new();
    for _ in 0..FILES_AT_FIRST + 50 {
        let stream = TcpStream::connect(server.address).expect("a connection");
        stream.set_read_timeout(Some(ANSWER_MAX)).expect("a limit");
        ask(&stream);
        connected.push(stream);
    }
    // Nobody had to leave for the others.
    for stream in &connected {
        ask(stream);
    }
    assert!(server.stop(), "it leaves in order");
}
