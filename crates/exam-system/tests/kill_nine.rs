//! An acknowledged answer survives `kill -9` of the server, at any moment, on either database; and of the database.

#![expect(clippy::expect_used, clippy::panic, reason = "a test that can't go on must stop")]

mod kit;

use db::DbConfig;
use kit::{Candidate, database_url, save, seat};
use question_model::QuestionVersionId;
use test_kit::{OwnPostgres, Server, TestDatabase, Wire};

const BINARY: &str = env!("CARGO_BIN_EXE_exam-system");
const CANDIDATES: usize = 16;
/// How many acknowledgements each life of the server lasts for: another moment in each.
const LIVES: [usize; 4] = [1, 37, 150, 400];

/// Saves without pause until the server goes away; answers the last place that was acknowledged.
async fn save_until_killed(
    server: std::net::SocketAddr,
    candidate: Candidate,
    question: QuestionVersionId,
    from: i64,
    acknowledged: tokio::sync::mpsc::UnboundedSender<()>,
) -> i64 {
    let mut last = from;
    let Ok(mut wire) = Wire::connect(server).await else { return last };
    loop {
        match candidate.put(&mut wire, "/responses", &save(question, last + 1)).await {
            Ok(answer) if answer.status.as_u16() == 200 => {
                last += 1;
                let _ = acknowledged.send(());
            }
            Ok(answer) => panic!("{}: {}", answer.status, String::from_utf8_lossy(&answer.body)),
            Err(_) => return last,
        }
    }
}

test_kit::on_both_databases! {
    async fn failure_2_an_acknowledged_answer_survives_kill_nine(database: TestDatabase) {
        let data = tempfile::TempDir::new().expect("a folder");
        let url = database_url(&database);
        let seeded = seat(&database.config, data.path(), CANDIDATES).await;
        let question = seeded.questions[0];
        let mut last = vec![0_i64; CANDIDATES];

        for (life, acknowledgements) in LIVES.into_iter().enumerate() {
            let server = Server::start(Server::command(BINARY, data.path(), Some(&url)));
            let address = server.address;
            if life == 0 {
                let mut wire = Wire::connect(address).await.expect("a connection");
                for candidate in &seeded.candidates {
                    candidate.start(&mut wire).await;
                }
            }
            let (heard, mut acknowledged) = tokio::sync::mpsc::unbounded_channel();
            let savers: Vec<_> = seeded
                .candidates
                .iter()
                .zip(&last)
                .map(|(candidate, from)| {
                    tokio::spawn(save_until_killed(address, candidate.clone(), question, *from, heard.clone()))
                })
                .collect();
            for _ in 0..acknowledgements {
                acknowledged.recv().await.expect("an acknowledgement");
            }
            server.kill();
            let before = last.clone();
            for (last, saver) in last.iter_mut().zip(savers) {
                *last = saver.await.expect("a saver");
            }
            let gained: i64 = last.iter().zip(&before).map(|(now, then)| now - then).sum();
            assert!(gained >= acknowledgements as i64, "{gained} of {acknowledgements}");

            // The next life knows every one of them: the last one is the current answer, or one that was on its way.
            let server = Server::start(Server::command(BINARY, data.path(), Some(&url)));
            let mut wire = Wire::connect(server.address).await.expect("a connection");
            for (candidate, last) in seeded.candidates.iter().zip(&mut last) {
                let held = candidate.get(&mut wire, "/responses").await.expect("an answer").expect(200);
                let seq = held["responses"][0]["seq"].as_i64().unwrap_or(0);
                assert!(seq == *last || seq == *last + 1, "acknowledged {last}, held {seq}");
                *last = seq;
            }
        }
    }
}

/// Saves until the database has gone and every save is answered 503; answers the last place that was acknowledged.
async fn save_until_refused(
    server: std::net::SocketAddr,
    candidate: Candidate,
    question: QuestionVersionId,
    acknowledged: tokio::sync::mpsc::UnboundedSender<()>,
) -> i64 {
    let mut last = 0;
    let mut wire = Wire::connect(server).await.expect("a connection");
    loop {
        let answer =
            candidate.put(&mut wire, "/responses", &save(question, last + 1)).await.expect("an answer");
        match answer.status.as_u16() {
            200 => {
                last += 1;
                let _ = acknowledged.send(());
            }
            503 => {
                assert_eq!(answer.clone().problem(503), "exam.save_unavailable");
                assert!(answer.headers.contains_key("retry-after"));
                return last;
            }
            _ => panic!("{}: {}", answer.status, String::from_utf8_lossy(&answer.body)),
        }
    }
}

#[test]
fn failure_2_an_acknowledged_answer_survives_kill_nine_of_the_database() {
    let Some(postgres) = OwnPostgres::start() else { return };
    test_kit::run(async {
        let data = tempfile::TempDir::new().expect("a folder");
        let database = DbConfig::postgres(postgres.url());
        let seeded = seat(&database, data.path(), CANDIDATES).await;
        let question = seeded.questions[0];
        let server = Server::start(Server::command(BINARY, data.path(), Some(&postgres.url())));
        let mut wire = Wire::connect(server.address).await.expect("a connection");
        for candidate in &seeded.candidates {
            candidate.start(&mut wire).await;
        }
        let (heard, mut acknowledged) = tokio::sync::mpsc::unbounded_channel();
        let savers: Vec<_> = seeded
            .candidates
            .iter()
            .map(|candidate| {
                tokio::spawn(save_until_refused(server.address, candidate.clone(), question, heard.clone()))
            })
            .collect();
        for _ in 0..200 {
            acknowledged.recv().await.expect("an acknowledgement");
        }
        postgres.kill_nine();
        let mut last = Vec::new();
        for saver in savers {
            last.push(saver.await.expect("a saver"));
        }
        postgres.start_again();

        // The same server goes on with the database that came back, and nothing that was acknowledged is missing.
        for (candidate, last) in seeded.candidates.iter().zip(last) {
            let held = candidate.get(&mut wire, "/responses").await.expect("an answer").expect(200);
            let seq = held["responses"][0]["seq"].as_i64().unwrap_or(0);
            assert!(seq == last || seq == last + 1, "acknowledged {last}, held {seq}");
            let again =
                candidate.put(&mut wire, "/responses", &save(question, seq + 1)).await.expect("an answer");
            again.expect(200);
        }
    });
}
