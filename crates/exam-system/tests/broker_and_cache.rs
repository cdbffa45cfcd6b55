//! The broker and the cache may come and go: candidates and the people who are signed in notice nothing.
//!
//! Number 5 of the failures that exam systems are known for, *sessions lost mid-exam*: a Redis full of sessions dropped
//! them, and the candidates with them. Here there is nothing in Redis that anybody's session or attempt hangs on.

#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test that can't go on must stop")]

mod kit;

use std::{path::Path, process::Command, sync::Arc, time::Duration};

use auth_service::{Password, Username};
use broker::BrokerSettings;
use events::{EventKind, record};
use exam_system::{compose::compose, run::run};
use foundation::{Id, SystemClock, SystemRandom, Text};
use kit::{config, database_url, save, seat};
use serde_json::{Value, json};
use test_kit::{Answer, OwnRabbit, OwnRedis, Server, TestDatabase, Wire, free_port};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

const BINARY: &str = env!("CARGO_BIN_EXE_exam-system");
const PATIENCE: Duration = Duration::from_secs(60);
const PASSWORD: &str = "four plain words here";

/// Waits until `/ready` names exactly these as missing; it stays ready throughout.
async fn until_degraded(wire: &mut Wire, missing: &[&str]) {
    let mut look = tokio::time::interval(Duration::from_millis(50));
    let waiting = async {
        loop {
            let ready = wire.send("GET", "/ready", &[], None).await.unwrap().expect(200);
            if ready["degraded"] == json!(missing) {
                return;
            }
            look.tick().await;
        }
    };
    tokio::time::timeout(PATIENCE, waiting).await.expect("it is noticed");
}

/// The cookies that an answer sets, as a browser sends them back.
fn cookies(answer: &Answer) -> String {
    let set = answer.headers.get_all("set-cookie").iter();
    let pairs = set.filter_map(|cookie| cookie.to_str().ok()?.split(';').next());
    pairs.collect::<Vec<_>>().join("; ")
}

async fn refresh(wire: &mut Wire, cookies: &str) -> Answer {
    wire.send("POST", "/api/v1/auth/refresh", &[("cookie", cookies)], Some(&json!({}))).await.unwrap()
}

async fn make_admin(database: &TestDatabase, data: &Path) {
    let composed = compose(&config(&database.config, data), Arc::new(SystemClock), Arc::new(SystemRandom))
        .await
        .unwrap();
    composed
        .auth()
        .unwrap()
        .create_admin(Username::new("ada").unwrap(), Text::new("Ada").unwrap(), Password::new(PASSWORD))
        .await
        .unwrap();
    composed.close().await;
}

#[test]
fn failure_5_sessions_lost_mid_exam() {
    let Some(redis) = OwnRedis::start() else { return };
    test_kit::run(async {
        let database = TestDatabase::sqlite();
        let data = tempfile::TempDir::new().unwrap();
        let seeded = seat(&database.config, data.path(), 1).await;
        make_admin(&database, data.path()).await;
        let mut command = Server::command(BINARY, data.path(), Some(&database_url(&database)));
        command.env("REDIS_URL", redis.url());
        let server = Server::start(command);
        let mut wire = Wire::connect(server.address).await.unwrap();
        until_degraded(&mut wire, &[]).await;

        let credentials = json!({ "username": "ada", "password": PASSWORD });
        let answer = wire.send("POST", "/api/v1/auth/login", &[], Some(&credentials)).await.unwrap();
        assert_eq!(answer.status, 200, "{:?}", answer.body);
        let mut session = cookies(&answer);
        let candidate = &seeded.candidates[0];
        candidate.start(&mut wire).await;
        let question = seeded.questions[0];

        // Everything in Redis is dropped; then Redis itself is gone; then it is back, empty.
        for seq in 1..=3 {
            match seq {
                1 => drop(redis.tell("FLUSHALL")),
                2 => redis.kill_nine(),
                _ => redis.start_again(),
            }
            let saved = candidate.put(&mut wire, "/responses", &save(question, seq)).await.unwrap();
            assert_eq!(saved.status, 200, "{:?}", saved.body);
            let renewed = refresh(&mut wire, &session).await;
            assert_eq!(renewed.status, 200, "{:?}", renewed.body);
            session = cookies(&renewed);
            until_degraded(&mut wire, if seq == 2 { &["cache"] } else { &[] }).await;
        }
        let held = candidate.get(&mut wire, "/responses").await.unwrap().expect(200);
        assert_eq!(held["responses"][0]["seq"], 3);
        let handed_in = candidate.post(&mut wire, "/submit", &json!({ "lease_no": 1 })).await.unwrap();
        assert_eq!(handed_in.status, 200, "{:?}", handed_in.body);
    });
}

#[test]
fn a_server_starts_and_candidates_work_without_the_broker_and_the_cache_that_it_was_told_of() {
    test_kit::run(async {
        let database = TestDatabase::sqlite();
        let data = tempfile::TempDir::new().unwrap();
        let seeded = seat(&database.config, data.path(), 1).await;
        let mut command = Server::command(BINARY, data.path(), Some(&database_url(&database)));
        command
            .env("RABBITMQ_URL", format!("amqp://guest:guest@127.0.0.1:{}/%2f", free_port()))
            .env("REDIS_URL", format!("redis://127.0.0.1:{}", free_port()));
        let server = Server::start(command);
        let mut wire = Wire::connect(server.address).await.unwrap();
        until_degraded(&mut wire, &["broker", "cache"]).await;
        let candidate = &seeded.candidates[0];
        candidate.start(&mut wire).await;
        let saved = candidate.put(&mut wire, "/responses", &save(seeded.questions[0], 1)).await.unwrap();
        assert_eq!(saved.status, 200, "{:?}", saved.body);
        let metrics = wire.send("GET", "/metrics", &[], None).await.unwrap();
        let metrics = String::from_utf8_lossy(&metrics.body).into_owned();
        assert!(metrics.contains("dependency_up{dependency=\"broker\"} 0"), "{metrics}");
        assert!(metrics.contains("dependency_up{dependency=\"cache\"} 0"), "{metrics}");
    });
}

#[test]
fn facts_reach_the_other_services_over_rabbitmq() {
    let Some(url) = OwnRabbit::shared_host() else { return };
    test_kit::run(async {
        let database = TestDatabase::sqlite();
        let data = tempfile::TempDir::new().unwrap();
        let seeded = seat(&database.config, data.path(), 1).await;
        let mut config = config(&database.config, data.path());
        config.broker = Some(BrokerSettings::parse(&url, None).unwrap());
        let composed = compose(&config, Arc::new(SystemClock), Arc::new(SystemRandom)).await.unwrap();
        let services =
            ["proctoring", "analytics"].map(|name| (name, composed.database(name).unwrap().clone()));
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let stop = CancellationToken::new();
        let serving = tokio::spawn(run(composed, (listener, None), stop.clone(), Duration::ZERO, |_| {}));

        let mut wire = Wire::connect(address).await.unwrap();
        seeded.candidates[0].start(&mut wire).await;
        let mut look = tokio::time::interval(Duration::from_millis(50));
        let taken = async {
            for (name, db) in &services {
                while db::on!(&mut db.read().await.unwrap(), c =>
                    sqlx::query_scalar::<_, i64>(sqlx::AssertSqlSafe(format!("SELECT COUNT(*) FROM {name}.inbox")))
                        .fetch_one(c)
                        .await)
                .unwrap()
                    == 0
                {
                    look.tick().await;
                }
            }
        };
        tokio::time::timeout(PATIENCE, taken).await.expect("the start is known everywhere");
        drop(wire);
        stop.cancel();
        serving.await.unwrap().unwrap();
    });
}

#[test]
fn a_redis_that_could_drop_keys_keeps_the_server_from_starting_and_says_what_to_change() {
    let Some(redis) = OwnRedis::start_with(&["--maxmemory", "9mb", "--maxmemory-policy", "allkeys-lru"])
    else {
        return;
    };
    let data = tempfile::TempDir::new().unwrap();
    let mut command = Server::command(BINARY, data.path(), None);
    let done = command.env("REDIS_URL", redis.url()).output().unwrap();
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(!done.status.success() && said.contains("Set maxmemory-policy to noeviction"), "{said}");
}

fn facts(data: &Path, arguments: &[&str]) -> (bool, String) {
    let mut command: Command = Server::command(BINARY, data, None);
    // The same environment, another command.
    let environment: Vec<_> =
        command.get_envs().filter_map(|(name, value)| Some((name.to_owned(), value?.to_owned()))).collect();
    command = Command::new(BINARY);
    let done =
        command.env_clear().envs(environment).args(["facts", "dead"]).args(arguments).output().unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    (done.status.success(), said)
}

#[test]
fn a_person_lists_facts_that_were_set_aside_and_has_them_tried_again_on_record() {
    test_kit::run(async {
        let data = tempfile::TempDir::new().unwrap();
        let database = db::DbConfig::Sqlite { folder: data.path().to_owned() };
        let open = async || {
            let config = config(&database, data.path());
            compose(&config, Arc::new(SystemClock), Arc::new(SystemRandom)).await.unwrap()
        };
        let composed = open().await;
        let exam = composed.database("exam").unwrap();
        let mut tx = exam.begin().await.unwrap();
        record(&mut tx, "exam", &SystemClock, &SystemRandom, "exam.happened", &json!({})).await.unwrap();
        let sql = "UPDATE exam.outbox SET failed_at = 1, tries = 12, failure = 'no such sitting'";
        db::on!(&mut *tx, c => sqlx::query(sql).execute(c).await.map(|_| ())).unwrap();
        tx.commit().await.unwrap();
        composed.close().await;

        let (well, listed) = facts(data.path(), &["list"]);
        assert!(well && listed.contains("exam.happened  12 tries  no such sitting"), "{listed}");
        assert!(listed.contains("1 facts were set aside"), "{listed}");
        let id = listed.split("  ").next().unwrap().to_owned();

        let other = Id::<EventKind>::new(&SystemClock, &SystemRandom).to_string();
        let (well, said) = facts(data.path(), &["replay", &other]);
        assert!(!well && said.contains("was set aside"), "{said}");
        let (well, said) = facts(data.path(), &["replay", &id]);
        assert!(well && said.contains("1 facts will be tried again"), "{said}");
        assert!(facts(data.path(), &["list"]).1.contains("0 facts were set aside"));

        let composed = open().await;
        let mut conn = composed.database("exam").unwrap().read().await.unwrap();
        let page = foundation::PageQuery { limit: Some(10), after: None };
        let audited = audit::list(&mut conn, "exam", &page).await.unwrap();
        let audited: Vec<Value> =
            audited.iter().map(|record| serde_json::to_value(record).unwrap()).collect();
        assert!(audited.iter().any(|record| record["action"] == "fact.replayed"), "{audited:?}");
        drop(conn);
        composed.close().await;
    });
}
