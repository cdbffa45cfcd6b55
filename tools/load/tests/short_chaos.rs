//! The short form of `make chaos`: candidates save while servers, databases and networks fail; no receipt is lost.

#![expect(clippy::expect_used, reason = "a test that can't go on must stop")]

use std::{
    path::Path,
    process::{Command, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;

/// Devices that save all the while.
const DEVICES: &str = "40";

/// Lets `harms` happen on `database`; none where something that they need isn't here.
fn chaos(database: &str, harms: &[&str]) -> Option<Value> {
    let generator = Path::new(env!("CARGO_BIN_EXE_exam-load"));
    let server = generator.with_file_name("exam-system");
    if !server.is_file() {
        test_kit::skip("the server's binary isn't built: cargo build -p exam-system");
        return None;
    }
    if database == "postgres" && !Path::new("/usr/lib/postgresql").is_dir() {
        test_kit::skip("no PostgreSQL is installed");
        return None;
    }
    let folder = TempDir::new().expect("a folder");
    let run = Command::new(generator)
        .arg("chaos")
        .args(harms)
        .args(["--devices", DEVICES, "--databases", database])
        .arg("--binary")
        .arg(server)
        .arg("--on")
        .arg(folder.path())
        .arg("--out")
        .arg(folder.path())
        .stderr(Stdio::inherit())
        .output()
        .expect("the generator starts");
    let said = String::from_utf8_lossy(&run.stdout).into_owned();
    assert!(run.status.success(), "{said}");
    let account = std::fs::read(folder.path().join(match database {
        "postgres" => "chaos-postgresql.json",
        _ => "chaos-sqlite.json",
    }));
    Some(serde_json::from_slice(&account.expect("an account")).expect("JSON"))
}

fn nothing_is_lost(account: &Value) {
    assert_eq!(account["faults"], serde_json::json!([]));
    // Every device has saved something; and something went wrong, or nothing was proved.
    assert!(account["receipts"].as_u64() > Some(40), "{account}");
    assert!(account["failures"].as_u64() > Some(0), "{account}");
    assert!(account["journal"].as_str().is_some_and(|journal| journal.starts_with("whole")), "{account}");
}

#[test]
fn no_answer_is_lost_when_the_server_is_killed_or_the_network_fails_on_sqlite() {
    let harms = ["kill-server", "half-open-network", "kill-server", "restart-server", "stalled-network"];
    if let Some(account) = chaos("sqlite", &harms) {
        nothing_is_lost(&account);
    }
}

#[test]
fn no_answer_is_lost_when_the_server_or_postgresql_is_killed() {
    if let Some(account) = chaos("postgres", &["kill-server", "kill-database", "restart-server"]) {
        nothing_is_lost(&account);
    }
}
