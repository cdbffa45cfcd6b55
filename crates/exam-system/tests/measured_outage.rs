//! The server is killed in the middle of an exam and comes back minutes later: the candidate has the time back.

#![expect(clippy::expect_used, clippy::panic, reason = "a test that can't go on must stop")]

mod kit;

use db::{Db, DbConfig};
use foundation::Span;
use kit::{Candidate, database_url, save, seat};
use serde_json::Value;
use test_kit::{Server, TestDatabase, Wire};

const BINARY: &str = env!("CARGO_BIN_EXE_exam-system");
/// Looks at what another process says soon.
const LOOKS_MAX: usize = 200_000;
/// How long everything had been going on when the server was killed, and for how long it was away.
const BEFORE: Span = Span::from_minutes(30);
const AWAY: Span = Span::from_minutes(4);

/// Puts everything that was written back in time, as if it had happened earlier: nobody waits for minutes here.
async fn put_back(config: &DbConfig) {
    let db = Db::open(config, &exam_service::schema()).await.expect("the database opens");
    let mut tx = db.begin().await.expect("a transaction");
    for (columns, table, by) in [
        ("alive_from alive_until", "exam.heartbeats", AWAY),
        ("opens_at entry_closes_at window_ends_at", "exam.sittings", BEFORE + AWAY),
        ("started_at deadline closes_at", "exam.attempts", BEFORE + AWAY),
    ] {
        let sets: Vec<String> =
            columns.split(' ').map(|column| format!("{column} = {column} - {}", by.as_micros())).collect();
        let sql = format!("UPDATE {table} SET {}", sets.join(", "));
        db::on!(&mut *tx, c => {
            sqlx::query(sqlx::AssertSqlSafe(sql)).execute(c).await.expect("put back");
        });
    }
    tx.commit().await.expect("a commit");
    db.close().await;
}

async fn read(wire: &mut Wire, candidate: &Candidate) -> Value {
    candidate.get(wire, "").await.expect("an answer").expect(200)
}

/// Looks at `/ready` until it says `status`.
async fn until_ready_says(wire: &mut Wire, status: u16) -> Value {
    for _ in 0..LOOKS_MAX {
        let answer = wire.send("GET", "/ready", &[], None).await.expect("an answer");
        if answer.status.as_u16() == status {
            return answer.expect(status);
        }
    }
    panic!("/ready never says {status}")
}

test_kit::on_both_databases! {
    async fn a_process_that_can_write_nothing_is_not_ready_until_it_can(database: TestDatabase) {
        let data = tempfile::TempDir::new().expect("a folder");
        let server = Server::start(Server::command(BINARY, data.path(), Some(&database_url(&database))));
        let mut wire = Wire::connect(server.address).await.expect("a connection");
        wire.send("GET", "/ready", &[], None).await.expect("an answer").expect(200);

        let db = Db::open(&database.config, &exam_service::schema()).await.expect("the database opens");
        let mut held = db.begin().await.expect("a transaction");
        db::on!(
            &mut *held,
            // One at a time may write.
            sqlite _c => {},
            postgres c => {
                let lock = "LOCK TABLE exam.heartbeats IN EXCLUSIVE MODE";
                sqlx::query(lock).execute(c).await.expect("a lock");
            }
        );
        let said = until_ready_says(&mut wire, 503).await;
        assert_eq!(said["checks"]["exam"], "ok", "it can be read: {said}");
        assert!(said["checks"]["writer"].is_string(), "{said}");
        drop(held);
        until_ready_says(&mut wire, 200).await;
        db.close().await;
        assert!(server.stop(), "it leaves in order");
    }

    async fn who_was_writing_when_the_server_was_killed_has_the_time_back(database: TestDatabase) {
        let data = tempfile::TempDir::new().expect("a folder");
        let url = database_url(&database);
        let seeded = seat(&database.config, data.path(), 2).await;
        let [candidate, handed_in] = &seeded.candidates[..] else { panic!("two candidates") };
        let server = Server::start(Server::command(BINARY, data.path(), Some(&url)));
        let mut wire = Wire::connect(server.address).await.expect("a connection");
        candidate.start(&mut wire).await;
        handed_in.start(&mut wire).await;
        let body = serde_json::json!({ "lease_no": 1 });
        handed_in.post(&mut wire, "/submit", &body).await.expect("an answer").expect(200);
        candidate.put(&mut wire, "/responses", &save(seeded.questions[0], 1)).await.expect("an answer").expect(200);
        let before = read(&mut wire, candidate).await;
        assert_eq!(before["credits"], serde_json::json!([]));
        server.kill();
        put_back(&database.config).await;

        let server = Server::start(Server::command(BINARY, data.path(), Some(&url)));
        let mut wire = Wire::connect(server.address).await.expect("a connection");
        // The very first answer waits until the time is given back, and its reply says the new end.
        let saved = candidate.put(&mut wire, "/responses", &save(seeded.questions[0], 2)).await;
        let saved = saved.expect("an answer").expect(200);
        assert_eq!(saved["receipts"][0]["status"], "taken");
        let after = read(&mut wire, candidate).await;
        assert_eq!(saved["attempt"]["deadline"], after["deadline"]);
        let credits = after["credits"].as_array().expect("credits");
        let [credit] = &credits[..] else { panic!("{credits:?}") };
        let seconds = credit["seconds"].as_i64().expect("seconds");
        // From the last sign of life to the first new one: what was put back, and what the restart took.
        assert!((240..300).contains(&seconds) && credit["outage"]["from"].is_string(), "{credit}");
        assert_eq!(after["told_version"], after["version"]);
        assert_eq!(read(&mut wire, handed_in).await["state"], "submitted");
    }
}
