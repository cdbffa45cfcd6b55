//! The short form of `make chaos`: candidates save while servers, databases and networks fail; no receipt is lost.

#![expect(clippy::expect_used, reason = "a test that can't go on must stop")]

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;

/// Devices that save all the while.
const DEVICES: &str = "40";
/// How long a harm lasts that has no end of its own, in seconds.
const LASTS: &str = "3";

/// What a day needs that may not be installed.
const POSTGRES: (&str, &str) = ("/usr/lib/postgresql", "PostgreSQL");
const RABBIT: (&str, &str) = ("/usr/lib/rabbitmq/bin/rabbitmq-server", "RabbitMQ");
const REDIS: (&str, &str) = ("/usr/bin/redis-server", "Redis");
const PATRONI: (&str, &str) = ("/usr/bin/patroni", "Patroni");
const ETCD: (&str, &str) = ("/usr/bin/etcd", "etcd");
const SERVICES: [(&str, &str); 3] = [POSTGRES, RABBIT, REDIS];

/// Lets `harms` happen on `database`; none where something that they need isn't here.
fn chaos(database: &str, needs: &[(&str, &str)], harms: &[&str]) -> Option<Value> {
    let generator = Path::new(env!("CARGO_BIN_EXE_exam-load"));
    let server = generator.with_file_name("exam-system");
    if !server.is_file() {
        test_kit::skip("the server's binary isn't built: cargo build -p exam-system");
        return None;
    }
    for (path, name) in needs {
        if !Path::new(path).exists() {
            test_kit::skip(&format!("no {name} is installed"));
            return None;
        }
    }
    let folder = TempDir::new().expect("a folder");
    let run = Command::new(generator)
        .arg("chaos")
        .args(harms)
        .args(["--devices", DEVICES, "--lasts", LASTS, "--databases", database])
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
    let account = fs::read_dir(folder.path())
        .expect("a folder")
        .flatten()
        .map(|entry| entry.path())
        .find(|path| path.extension().is_some_and(|end| end == "json"))
        .expect("an account");
    Some(serde_json::from_slice(&fs::read(account).expect("an account")).expect("JSON"))
}

fn nothing_is_lost(account: &Value) {
    assert_eq!(account["faults"], serde_json::json!([]));
    assert_eq!(account["lost"], 0);
    // Every device has saved something, and some have handed in while something went wrong.
    assert!(account["receipts"].as_u64() > Some(40), "{account}");
    assert!(account["handed_in"].as_u64() > Some(0), "{account}");
    assert!(account["journal"].as_str().is_some_and(|journal| journal.starts_with("whole")), "{account}");
}

/// That requests failed, where none could be answered for longer than a device waits: else nothing was proved.
fn something_went_wrong(account: &Value) {
    assert!(account["failures"].as_u64() > Some(0), "{account}");
}

#[test]
fn no_answer_is_lost_when_the_server_is_killed_or_the_network_fails_on_sqlite() {
    let harms = ["kill-server", "half-open-network", "kill-server", "restart-server", "stalled-network"];
    if let Some(account) = chaos("sqlite", &[], &harms) {
        nothing_is_lost(&account);
        something_went_wrong(&account);
    }
}

/// A machine that loses its power closes no connection, and whoever takes over for it takes new ones.
#[test]
fn no_answer_is_lost_when_connections_to_postgresql_fall_silent() {
    if let Some(account) = chaos("postgres", &[POSTGRES], &["silent-database"]) {
        nothing_is_lost(&account);
        something_went_wrong(&account);
        // Fifteen seconds are waited for what is under way, and not for ever.
        let unavailable_ms = account["harms"][0]["saving"]["unavailable_ms"].as_u64();
        assert!(unavailable_ms.is_some_and(|millis| millis < 20_000), "{account}");
    }
}

#[test]
fn no_answer_is_lost_when_the_server_or_postgresql_is_killed() {
    if let Some(account) = chaos("postgres", &[POSTGRES], &["kill-server", "kill-database", "restart-server"])
    {
        nothing_is_lost(&account);
        something_went_wrong(&account);
    }
}

/// Failure list, B 4, 5 and 15: signing in, sessions and proctoring fail, and the exam with them.
#[test]
fn failure_4_5_and_15_no_save_fails_while_another_service_the_broker_or_the_cache_is_killed() {
    let harms =
        ["kill-auth", "kill-proctoring", "kill-analytics", "stop-cache", "flush-cache", "stop-broker"];
    if let Some(account) = chaos("postgres", &SERVICES, &harms) {
        nothing_is_lost(&account);
        assert_eq!(account["failures"], 0, "{account}");
    }
}

#[test]
fn failure_8_a_candidate_notices_nothing_of_a_rolling_restart() {
    if let Some(account) = chaos("postgres", &SERVICES, &["rolling-restart"]) {
        nothing_is_lost(&account);
        assert_eq!(account["failures"], 0, "{account}");
    }
}

#[test]
fn no_answer_is_lost_when_a_replica_is_killed_or_a_standby_takes_over() {
    // The account says that the process died of SIGKILL, and that the standby writes on a timeline of its own: else it
    // fails. Requests needn't: the other process answers at once, and the way to the standby is short.
    if let Some(account) = chaos("postgres", &SERVICES, &["kill-replica", "promote-standby"]) {
        nothing_is_lost(&account);
        let names: Vec<_> =
            account["harms"].as_array().expect("harms").iter().map(|harm| &harm["harm"]).collect();
        assert_eq!(names, ["kill -9 of one exam-service", "kill -9 of PostgreSQL, standby promoted"]);
    }
}

#[test]
fn no_answer_is_lost_when_patroni_fails_over() {
    let needs = [&SERVICES[..], &[PATRONI, ETCD]].concat();
    if let Some(account) = chaos("postgres", &needs, &["failover"]) {
        nothing_is_lost(&account);
        something_went_wrong(&account);
    }
}

/// Failure list, B 10: a hand-in at the last moment is refused, or scores nothing.
#[test]
fn failure_10_what_came_before_the_end_counts_and_what_the_network_held_up_is_kept_as_late() {
    if let Some(account) = chaos("sqlite", &[], &["outlast-the-end"]) {
        nothing_is_lost(&account);
        assert!(account["late"].as_u64() > Some(0), "{account}");
    }
}

/// Whether a server's clock can be set here.
fn clocks_can_be_set() -> bool {
    let libraries = fs::read_dir("/usr/lib").expect("libraries").flatten();
    let library = "faketime/libfaketimeMT.so.1";
    let is_there = libraries.into_iter().any(|entry| entry.path().join(library).is_file());
    if !is_there {
        test_kit::skip("no libfaketime is installed");
    }
    is_there
}

/// Failure list, B 11: a device's clock is wrong, or a server's was set.
#[test]
fn failure_11_no_answer_hangs_on_a_wrong_clock() {
    if clocks_can_be_set()
        && let Some(account) = chaos("sqlite", &[], &["client-clocks", "server-clock"])
    {
        nothing_is_lost(&account);
        assert_eq!(account["failures"], 0, "{account}");
    }
}

/// Failure list, B 11: candidates are forced out before their time.
#[test]
fn failure_11_no_attempt_ends_by_a_clock_that_was_set_past_its_end() {
    if clocks_can_be_set()
        && let Some(account) = chaos("postgres", &SERVICES, &["clock-past-the-end"])
    {
        nothing_is_lost(&account);
    }
}
