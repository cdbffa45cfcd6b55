//! The disk says that it has an answer before the candidate is told so: seen in the system calls themselves.

#![expect(clippy::expect_used, clippy::panic, reason = "a test that can't go on must stop")]

mod kit;

use std::{
    fs,
    path::Path,
    process::{Child, Command, Stdio},
};

use kit::{database_url, save, seat};
use test_kit::{Server, TestDatabase, Wire};

const BINARY: &str = env!("CARGO_BIN_EXE_exam-system");
/// Stands in the saved response alone, so that its way can be followed.
const SAVES: i64 = 5;

/// A line of a trace: when the call returned (seconds), and its text.
struct Call {
    returned_at: f64,
    entered_at: f64,
    text: String,
}

/// Reads `strace -f -ttt -T`: each line has the time of entry and, at its end, how long the call took.
fn calls(trace: &Path) -> Vec<Call> {
    let text = fs::read_to_string(trace).expect("a trace");
    let mut pending: std::collections::HashMap<String, f64> = std::collections::HashMap::new();
    let mut calls = Vec::new();
    for line in text.lines() {
        let mut words = line.splitn(3, char::is_whitespace).filter(|word| !word.is_empty());
        let (Some(pid), Some(rest)) =
            (words.next(), line.split_once(char::is_whitespace).map(|(_, rest)| rest.trim_start()))
        else {
            continue;
        };
        let Some((time, call)) = rest.split_once(' ') else { continue };
        let Ok(time) = time.parse::<f64>() else { continue };
        if call.contains("<unfinished ...>") {
            pending.insert(pid.to_owned(), time);
            // What a write carries stands in its first half.
            calls.push(Call { entered_at: time, returned_at: f64::INFINITY, text: call.to_owned() });
        } else if call.starts_with("<...") {
            let entered_at = pending.remove(pid).unwrap_or(time);
            calls.push(Call { entered_at, returned_at: time, text: call.to_owned() });
        } else {
            let took = call
                .rsplit_once('<')
                .and_then(|(_, took)| took.trim_end_matches('>').parse::<f64>().ok())
                .unwrap_or(0.0);
            calls.push(Call { entered_at: time, returned_at: time + took, text: call.to_owned() });
        }
    }
    calls
}

fn strace(pid: u32, trace: &Path) -> Option<Child> {
    let mut child = Command::new("strace")
        .args([
            "-f",
            "-ttt",
            "-T",
            "-s",
            "400",
            "-e",
            "trace=fsync,fdatasync,write,writev,sendto,sendmsg,pwrite64,read,recvfrom",
        ])
        .arg("-o")
        .arg(trace)
        .arg("-p")
        .arg(pid.to_string())
        .stderr(Stdio::piped())
        .spawn()
        .ok()?;
    // strace says "attached" on its standard error once it traces.
    let mut lines = std::io::BufRead::lines(std::io::BufReader::new(child.stderr.take()?));
    let attached = lines.next()?.ok()?.contains("attached");
    std::thread::spawn(move || for _ in lines {});
    attached.then_some(child)
}

/// The processes of the PostgreSQL server that `url` names, by its own word.
async fn postmaster(url: &str) -> u32 {
    use sqlx::Connection as _;
    let mut server = sqlx::PgConnection::connect(url).await.expect("the server answers");
    let pid: i32 = sqlx::query_scalar("SELECT pg_backend_pid()").fetch_one(&mut server).await.expect("a pid");
    let status = fs::read_to_string(format!("/proc/{pid}/status")).expect("a process");
    let parent = status.lines().find_map(|line| line.strip_prefix("PPid:")).expect("a parent");
    parent.trim().parse().expect("a pid")
}

test_kit::on_both_databases! {
    async fn the_disk_has_an_answer_before_the_candidate_is_told(database: TestDatabase) {
        if Command::new("strace").arg("-V").output().is_err() {
            test_kit::skip("strace is not installed");
            return;
        }
        let data = tempfile::TempDir::new().expect("a folder");
        let url = database_url(&database);
        let seeded = seat(&database.config, data.path(), 1).await;
        let candidate = &seeded.candidates[0];
        let postgres = url.starts_with("postgres");
        let mut traces = Vec::new();

        // PostgreSQL's own processes sync its log: new backends are followed from the postmaster.
        let database_trace = data.path().join("database.trace");
        if postgres {
            let Some(child) = strace(postmaster(&url).await, &database_trace) else {
                test_kit::skip("strace may not attach to processes here");
                return;
            };
            traces.push(child);
        }
        let server = Server::start(Server::command(BINARY, data.path(), Some(&url)));
        let server_trace = data.path().join("server.trace");
        let Some(child) = strace(server.id(), &server_trace) else {
            test_kit::skip("strace may not attach to processes here");
            return;
        };
        traces.push(child);

        let mut wire = Wire::connect(server.address).await.expect("a connection");
        candidate.start(&mut wire).await;
        for seq in 1..=SAVES {
            candidate.put(&mut wire, "/responses", &save(seeded.questions[0], seq)).await.expect("an answer").expect(200);
        }
        drop(wire);
        server.kill();
        for mut child in traces {
            // SIGINT lets strace detach and write what it holds.
            let _ = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
            let _ = child.wait();
        }

        let served = calls(&server_trace);
        let synced = if postgres { calls(&database_trace) } else { calls(&server_trace) };
        for seq in 1..=SAVES {
            let asked = served
                .iter()
                .find(|call| is_read(&call.text) && call.text.contains(&format!("answer {seq}")))
                .unwrap_or_else(|| panic!("save {seq} was not seen coming in"));
            let told = served
                .iter()
                .find(|call| is_write(&call.text) && call.entered_at >= asked.entered_at && call.text.contains("HTTP/1.1 200"))
                .unwrap_or_else(|| panic!("the answer to save {seq} was not seen going out"));
            let on_disk = synced.iter().any(|call| {
                is_sync(&call.text) && call.entered_at >= asked.entered_at && call.returned_at <= told.entered_at
            });
            assert!(on_disk, "save {seq}: no sync between {} and {}", asked.entered_at, told.entered_at);
        }
    }
}

fn is_read(call: &str) -> bool {
    call.starts_with("recvfrom(")
        || call.starts_with("read(")
        || call.starts_with("<... recvfrom")
        || call.starts_with("<... read")
}
fn is_write(call: &str) -> bool {
    ["write(", "writev(", "sendto(", "sendmsg("].iter().any(|name| call.starts_with(name))
}
fn is_sync(call: &str) -> bool {
    ["fsync(", "fdatasync(", "<... fsync", "<... fdatasync"].iter().any(|name| call.starts_with(name))
}
