//! No network came back: an officer takes in what the device saved, as often as they like, and each answer is there once.

#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test that can't go on must stop")]

mod kit;

use authz::{Grant, Role, UnitPath};
use exam_service::domain::answer_file::{ANSWER_FILE_BYTES_MAX, seal};
use foundation::{Clock as _, Id, Span, SystemRandom};
use kit::{Candidate, Hall};
use serde_json::{Value, json};
use test_kit::{Answer, TestDatabase};

fn token(hall: &Hall, role: Role) -> String {
    let grants = vec![Grant { role, unit: UnitPath::institution() }];
    hall.people().token(Id::new(hall.clock(), &SystemRandom), grants)
}

fn path(hall: &Hall, rest: &str) -> String {
    format!("/api/v1/exams/sittings/{}{rest}", hall.sitting.id)
}

/// What a device that holds lease 1 says in a file: these entries, each a place, a question and a choice.
fn content(hall: &Hall, candidate: &Candidate, entries: &[(i64, usize, &str)]) -> Value {
    let now = hall.clock().now();
    let entries: Vec<Value> = entries
        .iter()
        .map(|(seq, question, choice)| {
            let mut entry = hall.entry(*seq, *question, choice);
            entry["lease_no"] = json!(1);
            entry["written_at"] = json!(now - Span::from_minutes(*seq));
            entry
        })
        .collect();
    json!({
        "attempt_id": candidate.attempt, "ticket": candidate.ticket, "lease_no": 1, "made_at": now,
        "entries": entries, "held": [], "last_receipt": null,
    })
}

/// Seals it for the installation.
fn sealed(hall: &Hall, content: &Value) -> Vec<u8> {
    seal(&SystemRandom, hall.service.answer_file_key.public(), content.to_string().as_bytes()).unwrap()
}

async fn bring(hall: &Hall, file: &[u8]) -> Answer {
    let post = hall.stage.request("POST".parse().unwrap(), path(hall, "/answer-files"));
    post.token(&token(hall, Role::Officer)).bytes("application/octet-stream", file.to_vec()).send().await
}

/// `late taken superseded already conflicts`.
fn counts(taken: &Value) -> Vec<i64> {
    ["late", "taken", "superseded", "already", "conflicts"]
        .iter()
        .map(|what| taken[what].as_i64().unwrap())
        .collect()
}

async fn late_entries(hall: &Hall, candidate: &Candidate) -> Vec<Value> {
    let path = path(hall, &format!("/attempts/{}/late-entries", candidate.attempt));
    let listed = hall.stage.get(path).token(&token(hall, Role::Officer)).send().await.expect(200);
    listed["entries"].as_array().unwrap().clone()
}

test_kit::on_both_databases! {
    async fn what_no_network_took_is_late_once_and_can_be_admitted(database: TestDatabase) {
        let hall = Hall::open(database).await;
        let candidate = hall.seat_and_start().await;
        let saved = hall.choose(&candidate, 1, 1, 0, "b").await.expect(200);
        let mut receipt = saved["receipts"][0].clone();
        let proof = receipt["proof"].take();
        let mut whole = json!({ "attempt_id": candidate.attempt, "lease_no": 1, "kind": "response" });
        for part in [receipt, proof] {
            whole.as_object_mut().unwrap().extend(part.as_object().cloned().unwrap_or_default());
        }
        whole.as_object_mut().unwrap().remove("proof");
        let mut said = content(&hall, &candidate, &[(1, 0, "b"), (2, 0, "a"), (3, 1, "a")]);
        said["held"] = json!([[1, 1]]);
        said["last_receipt"] = whole.clone();
        let file = sealed(&hall, &said);
        // The device is told what to seal for with its lease.
        let opened = hall.open_on(&candidate, 1).await.expect(200);
        assert_eq!(opened["answer_file_key"], json!(hall.service.answer_file_key.public()));

        hall.clock().advance(Span::from_minutes(91));
        let taken = bring(&hall, &file).await.expect(200);
        assert_eq!((counts(&taken), taken["proof"].as_str(), taken["entries"].as_i64()), (vec![2, 0, 0, 1, 0], Some("holds"), Some(3)));
        assert_eq!(taken["candidate_name"], "Ada Example");
        let again = bring(&hall, &file).await.expect(200);
        assert_eq!(counts(&again), [0, 0, 0, 3, 0]);
        // Another file of the same device, and the device itself whose network came back after all.
        let other = sealed(&hall, &said);
        assert_eq!(counts(&bring(&hall, &other).await.expect(200)), [0, 0, 0, 3, 0]);
        let sent = hall.choose(&candidate, 1, 3, 1, "a").await.expect(200);
        assert_eq!(sent["receipts"][0]["status"], "late");

        let late = late_entries(&hall, &candidate).await;
        let seen: Vec<_> = late.iter().map(|one| (one["seq"].as_i64(), one["by_file"].as_bool(), one["written_at"].is_string())).collect();
        assert_eq!(seen, [(Some(2), Some(true), true), (Some(3), Some(true), true)]);
        let admit = path(&hall, &format!("/attempts/{}/late-entries/admit", candidate.attempt));
        let admitted = hall.stage.post(admit, &json!({ "reason": "The switch was dead" })).token(&token(&hall, Role::Officer)).send().await;
        assert_eq!(admitted.expect(200)["admitted"], 2);

        let audit = hall.stage.get("/api/v1/exams/audit?limit=200").token(&token(&hall, Role::Admin)).send().await.expect(200);
        let acts = audit["items"].as_array().unwrap().iter().filter(|act| act["action"] == "answer_file.taken_in");
        assert_eq!(acts.count(), 2);

        // A receipt that isn't ours is said to be none; what is in the file is taken all the same.
        whole["seq"] = json!(2);
        said["last_receipt"] = whole;
        let forged = sealed(&hall, &said);
        assert_eq!(bring(&hall, &forged).await.expect(200)["proof"], "broken");
    }

    async fn a_running_attempt_takes_it_like_any_save_and_a_moved_one_keeps_it_aside(database: TestDatabase) {
        let hall = Hall::open(database).await;
        let (runs, moved) = (hall.seat_and_start().await, hall.seat_and_start().await);
        let file = sealed(&hall, &content(&hall, &runs, &[(1, 0, "a")]));
        assert_eq!(counts(&bring(&hall, &file).await.expect(200)), [0, 1, 0, 0, 0]);
        // Another answer under the same number is never overwritten.
        let file = sealed(&hall, &content(&hall, &runs, &[(1, 0, "b")]));
        assert_eq!(counts(&bring(&hall, &file).await.expect(200)), [0, 0, 0, 0, 1]);
        let file = sealed(&hall, &content(&hall, &moved, &[(1, 0, "a")]));
        hall.take_over_on(&moved, 2).await.expect(200);
        assert_eq!(counts(&bring(&hall, &file).await.expect(200)), [0, 0, 1, 0, 0]);
    }

    async fn what_is_no_file_of_this_attempt_is_refused_and_says_why(database: TestDatabase) {
        let hall = Hall::open(database).await;
        let (candidate, other) = (hall.seat_and_start().await, hall.seat_and_start().await);
        let said = content(&hall, &candidate, &[(1, 0, "a")]);
        let file = sealed(&hall, &said);
        let refused = async |file: &[u8], status: u16| bring(&hall, file).await.problem(status);

        assert_eq!(refused(b"%PDF-1.7", 422).await, "exam.not_an_answer_file");
        let mut changed = file.clone();
        *changed.last_mut().unwrap() ^= 1;
        assert_eq!(refused(&changed, 422).await, "exam.answer_file_damaged");
        let mut elsewhere = file.clone();
        elsewhere[8] ^= 1;
        assert_eq!(refused(&elsewhere, 422).await, "exam.answer_file_other_key");
        let part = bring(&hall, b"EXSANSW1/2/3/AAAAAAAA/AAAA").await;
        assert_eq!(part.json()["facts"]["missing"], json!([1, 3]));
        assert_eq!(part.problem(422), "exam.answer_file_incomplete");
        assert_eq!(refused(b"EXSANSW1/1/2/AAAAAAAA/A EXSANSW1/2/2/BBBBBBBB/A", 422).await, "exam.answer_file_mixed");
        assert_eq!(refused(&vec![b'x'; 2 * ANSWER_FILE_BYTES_MAX + 1], 413).await, "exam.answer_file_too_large");

        // One's own ticket opens nobody else's attempt, and no ticket opens none.
        let mut theirs = said.clone();
        theirs["attempt_id"] = json!(other.attempt);
        assert_eq!(refused(&sealed(&hall, &theirs), 409).await, "exam.answer_file_other_attempt");
        theirs["ticket"] = json!("AAAA");
        assert_eq!(refused(&sealed(&hall, &theirs), 409).await, "exam.answer_file_other_attempt");
        let mut elsewhere = said.clone();
        let sitting = Id::new(hall.clock(), &SystemRandom);
        let ticket = hall.people().ticket(candidate.attempt, sitting, candidate.account, hall.clock().now());
        elsewhere["ticket"] = json!(ticket);
        assert_eq!(refused(&sealed(&hall, &elsewhere), 409).await, "exam.answer_file_other_sitting");
        for broken in [json!({}), json!({ "attempt_id": candidate.attempt })] {
            assert_eq!(refused(&sealed(&hall, &broken), 422).await, "exam.answer_file_unreadable");
        }
        let mut odd = said.clone();
        odd["entries"][0]["response"] = json!({ "type": "nonsense" });
        assert_eq!(refused(&sealed(&hall, &odd), 422).await, "exam.answer_file_unreadable");
        let mut never = said;
        never["entries"][0]["lease_no"] = json!(7);
        assert_eq!(refused(&sealed(&hall, &never), 409).await, "exam.answer_file_no_such_lease");
        assert!(late_entries(&hall, &candidate).await.is_empty());
    }
}
