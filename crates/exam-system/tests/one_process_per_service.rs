//! One process per service, two replicas each, the real binary on PostgreSQL: an exam's whole life crosses processes, and
//! candidates who have checked in need none but exam-service.

#![expect(clippy::expect_used, clippy::panic, reason = "a test that can't go on must stop")]

mod topology;

use authz::Service;
use serde_json::json;
use test_kit::{OwnPostgres, Server, Wire};
use topology::{BINARY, Topology, create_admin, open_hall, release, seat};

const CANDIDATES: usize = 3;

#[test]
fn an_exam_is_built_scheduled_sat_marked_and_released_across_processes() {
    let Some(postgres) = OwnPostgres::start() else { return };
    let data = tempfile::TempDir::new().expect("a folder");
    let topology = Topology::start(&postgres, data.path());
    create_admin(&postgres, data.path());
    test_kit::run(live_an_exam(&topology));
}

/// Failure list, B 7: requests that hold a connection wait for a second one, until nothing moves.
#[test]
fn failure_7_a_whole_exam_needs_no_more_than_one_connection_of_a_service() {
    let Some(postgres) = OwnPostgres::start() else { return };
    let data = tempfile::TempDir::new().expect("a folder");
    let one = [("DATABASE_CONNECTIONS_MAX", "1")];
    let topology = Topology::of(&Service::ALL, &postgres, data.path(), &one);
    create_admin(&postgres, data.path());
    test_kit::run(live_an_exam(&topology));
}

async fn live_an_exam(topology: &Topology) {
    let hall = open_hall(topology, CANDIDATES).await;
    for (index, code) in hall.codes.iter().enumerate() {
        let seated = seat(topology, code).await;
        let answer = if index == 0 { "wrong" } else { "answer" };
        for seq in 1..=4 {
            let saved = seated.save(topology, seq, answer).await.expect(200);
            assert_eq!(saved["receipts"][0]["status"], "taken", "{saved}");
        }
        seated.hand_in(topology).await.expect(200);
    }
    let results = release(topology, &hall).await;
    let mut scores: Vec<f64> =
        results.iter().map(|result| result["score"].as_f64().expect("a score")).collect();
    scores.sort_by(f64::total_cmp);
    assert_eq!(scores, [0.0, 2.0, 2.0]);
}

/// Failure list, B 4: the login and credential step collapses; B 5: sessions are lost in the middle of an exam.
#[test]
fn failure_4_and_5_with_sign_in_away_who_has_checked_in_goes_on_saving_and_hands_in() {
    let Some(postgres) = OwnPostgres::start() else { return };
    let data = tempfile::TempDir::new().expect("a folder");
    let mut topology = Topology::start(&postgres, data.path());
    create_admin(&postgres, data.path());
    test_kit::run(async {
        let hall = open_hall(&topology, CANDIDATES).await;
        let mut seated = Vec::new();
        for code in &hall.codes {
            seated.push(seat(&topology, code).await);
        }
        for candidate in &seated {
            candidate.save(&topology, 1, "answer").await.expect(200);
        }
        drop(topology.replicas.take(Service::Auth));
        drop(topology.replicas.take(Service::Question));

        for candidate in &seated {
            candidate.save(&topology, 2, "answer, and more").await.expect(200);
            candidate.save(&topology, 3, "answer").await.expect(200);
            candidate.send(&topology, "GET", "/responses", None).await.expect(200);
            candidate.hand_in(&topology).await.expect(200);
        }
        // Who is signed in is known by keys that every process keeps, so the officer goes on too.
        let results = release(&topology, &hall).await;
        assert_eq!(results.len(), CANDIDATES);
        // What needs auth-service says so, and when to come again.
        let path = format!("/api/v1/exams/sittings/{}/roster/import", hall.sitting);
        let bearer = format!("Bearer {}", hall.token);
        let headers = [("authorization", bearer.as_str()), ("content-type", "text/csv")];
        let file = "number,name\nC900,Late\n";
        let mut wire = topology.wire(&path).await;
        let refused = wire.send_bytes("POST", &path, &headers, file).await.expect("an answer");
        assert!(refused.headers.contains_key("retry-after"));
        assert_eq!(refused.problem(503), "service.unavailable");
        // Neither of the two makes exam-service unready: no candidate needs them now.
        for address in topology.replicas.listening(Service::Exam) {
            let mut wire = Wire::connect(address).await.expect("a connection");
            wire.send("GET", "/ready", &[], None).await.expect("an answer").expect(200);
        }
    });
}

#[test]
fn internal_endpoints_are_closed_to_whoever_is_signed_in() {
    let Some(postgres) = OwnPostgres::start() else { return };
    let data = tempfile::TempDir::new().expect("a folder");
    let mut command = Server::command(BINARY, data.path(), Some(&postgres.url()));
    command.args(["--services", "auth"]).env("RABBITMQ_URL", "amqp://127.0.0.1:1");
    let server = Server::start(command);
    create_admin(&postgres, data.path());
    test_kit::run(async {
        let mut wire = Wire::connect(server.address).await.expect("a connection");
        let body = json!({ "username": "admin", "password": "correct horse battery staple" });
        let signed_in = wire.send("POST", "/api/v1/auth/login", &[], Some(&body)).await.expect("an answer");
        let bearer = format!("Bearer {}", signed_in.expect(200)["access_token"].as_str().expect("a token"));
        let path = auth_api::wire::FIND_PEOPLE;
        let answer =
            wire.send("POST", path, &[("authorization", &bearer)], Some(&json!({ "ids": [] }))).await;
        assert_eq!(answer.expect("an answer").problem(404), "request.no_such_thing");
    });
}

#[test]
fn a_process_that_lacks_what_it_needs_says_which_variable_to_set() {
    let data = tempfile::TempDir::new().expect("a folder");
    for (url, services, set, missing) in [
        (None, "exam", &[][..], "DATABASE_URL"),
        (Some("postgres://127.0.0.1:1/x"), "exam", &[][..], "AUTH_SERVICE_URL"),
        (Some("postgres://127.0.0.1:1/x"), "auth", &[][..], "RABBITMQ_URL"),
        (Some("postgres://127.0.0.1:1/x"), "exams", &[][..], "\"exams\" is no service"),
        (
            Some("postgres://127.0.0.1:1/x"),
            "exam",
            &[("AUTH_SERVICE_URL", "auth:8080")][..],
            "AUTH_SERVICE_URL",
        ),
    ] {
        let mut command = Server::command(BINARY, data.path(), url);
        command.args(["--services", services]).envs(set.iter().copied());
        let output = command.output().expect("it ends");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && said.contains(missing), "{services}: {said}");
    }
}
