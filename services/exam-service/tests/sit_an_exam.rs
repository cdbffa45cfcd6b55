//! A candidate's way through an attempt, on either database.

#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test that can't go on must stop")]

mod kit;

use events::Signal;
use exam_service::{
    app::{close_attempt::close_due_attempts, hand_over::hand_over, mark_attempt::mark_due_attempts},
    domain::{
        attempt::{AttemptState, MarkingState},
        time::ExtraTime,
    },
};
use foundation::{Clock as _, Points, Span};
use kit::{Hall, seed::PLANTED};
use serde_json::json;
use test_kit::TestDatabase;

test_kit::on_both_databases! {
    async fn a_candidate_sits_an_exam_and_is_marked(database: TestDatabase) {
        let hall = Hall::open(database).await;
        let candidate = hall.seat().await;

        let before = hall.read(&candidate, "").await.expect(200);
        assert_eq!((before["state"].as_str(), before["question_count"].as_i64()), (Some("scheduled"), Some(3)));
        assert_eq!(before["instructions_html"].as_str().map(str::trim), Some("<p>Be <strong>calm</strong>.</p>"));
        let opened = hall.open_on(&candidate, 1).await.expect(200);
        assert_eq!((opened["lease_no"].as_i64(), opened["attempt"]["state"].as_str()), (Some(1), Some("ready")));
        assert_eq!(hall.read(&candidate, "/paper").await.problem(409), "exam.not_started");

        let started = hall.start(&candidate, 1).await.expect(200);
        assert_eq!(started["attempt"]["state"], "in_progress");
        assert_eq!(started["attempt"]["deadline"], "2026-01-05T09:30:00.000000Z");
        let paper = hall.read(&candidate, "/paper").await.expect(200);
        assert_eq!(paper["questions"].as_array().unwrap().len(), 3);

        let saved = hall.choose(&candidate, 1, 1, 0, "b").await.expect(200);
        assert_eq!((saved["receipts"][0]["seq"].as_i64(), saved["receipts"][0]["status"].as_str()), (Some(1), Some("taken")));
        hall.choose(&candidate, 1, 2, 0, "a").await.expect(200);
        hall.choose(&candidate, 1, 3, 1, "a").await.expect(200);
        hall.choose(&candidate, 1, 4, 2, "c").await.expect(200);
        let held = hall.read(&candidate, "/responses").await.expect(200);
        assert_eq!(held["responses"].as_array().unwrap().len(), 3);

        let handed_in = hall.submit(&candidate, 1).await.expect(200);
        assert_eq!((handed_in["attempt"]["state"].as_str(), handed_in["attempt"]["closed"].as_bool()), (Some("submitted"), Some(true)));
        assert_eq!(hall.submit(&candidate, 1).await.expect(200)["attempt"]["state"], "submitted");

        assert_eq!(mark_due_attempts(&hall.service, hall.clock().now()).await.unwrap(), 1);
        let row = hall.row(&candidate).await;
        assert_eq!((row.marking, row.score), (MarkingState::Marked, Some(Points::whole(2))));
        assert_eq!(mark_due_attempts(&hall.service, hall.clock().now()).await.unwrap(), 0);
    }

    async fn whoever_watches_a_sitting_is_told_of_every_start_answer_and_hand_in(database: TestDatabase) {
        let hall = Hall::open(database).await;
        let candidate = hall.seat().await;
        hall.open_on(&candidate, 1).await.expect(200);
        let mut hints = hall.service.signals.listen();
        let mut told = || hints.take();
        let sitting = vec![Signal::Sitting { sitting: hall.sitting.id.uuid() }];
        hall.start(&candidate, 1).await.expect(200);
        assert_eq!(told(), sitting);
        hall.choose(&candidate, 1, 1, 0, "a").await.expect(200);
        assert_eq!(told(), sitting);
        hall.choose(&candidate, 1, 1, 0, "a").await.expect(200);
        assert_eq!(told(), [], "nothing new");
        hall.submit(&candidate, 1).await.expect(200);
        assert_eq!(told(), sitting);
    }

    async fn no_answer_to_a_candidate_holds_a_key(database: TestDatabase) {
        let hall = Hall::open(database).await;
        let candidate = hall.seat().await;
        let mut bodies = vec![
            hall.read(&candidate, "").await,
            hall.open_on(&candidate, 1).await,
            hall.start(&candidate, 1).await,
            hall.choose(&candidate, 1, 1, 0, "a").await,
            hall.read(&candidate, "/paper").await,
            hall.read(&candidate, "/responses").await,
            hall.submit(&candidate, 1).await,
        ];
        mark_due_attempts(&hall.service, hall.clock().now()).await.unwrap();
        bodies.push(hall.read(&candidate, "").await);
        for answer in bodies {
            let text = String::from_utf8(answer.clone().body.to_vec()).unwrap();
            answer.expect(200);
            assert!(!text.contains(PLANTED) && !text.contains("fraction"), "{text}");
        }
    }

    async fn failure_1_starting_twice_answers_the_same_and_the_clock_runs_from_the_first(database: TestDatabase) {
        let hall = Hall::open(database).await;
        let candidate = hall.seat_and_start().await;
        hall.clock().advance(Span::from_minutes(5));
        let again = hall.start(&candidate, 1).await.expect(200);
        assert_eq!(again["attempt"]["started_at"], "2026-01-05T08:00:00.000000Z");
        assert_eq!(again["attempt"]["deadline"], "2026-01-05T09:30:00.000000Z");
    }

    async fn nobody_starts_before_opening_or_after_entry_has_closed(database: TestDatabase) {
        let hall = Hall::open(database).await;
        let early = hall.seat().await;
        hall.open_on(&early, 1).await.expect(200);
        hall.clock().set(hall.sitting.times.opens_at - Span::from_micros(1));
        assert_eq!(hall.start(&early, 1).await.problem(409), "exam.not_open_yet");
        hall.clock().set(hall.sitting.times.entry_closes_at + Span::from_micros(1));
        assert_eq!(hall.start(&early, 1).await.problem(409), "exam.entry_closed");
    }

    async fn a_save_counts_until_grace_has_passed_and_is_kept_as_late_afterwards(database: TestDatabase) {
        let hall = Hall::open(database).await;
        let candidate = hall.seat_and_start().await;
        let closes_at = hall.row(&candidate).await.closes_at.unwrap();
        let second = Span::from_seconds(1);
        for (seq, when, status) in [(1, closes_at - second, "taken"), (2, closes_at, "taken"), (3, closes_at + second, "late")] {
            hall.clock().set(when);
            let saved = hall.choose(&candidate, 1, seq, 0, "a").await.expect(200);
            assert_eq!(saved["receipts"][0]["status"], status, "at {when}");
        }
        let held = hall.read(&candidate, "/responses").await.expect(200);
        assert_eq!(held["responses"][0]["seq"], 2);
    }

    async fn failure_9_and_21_time_closes_an_attempt_whether_or_not_anybody_looks(database: TestDatabase) {
        let hall = Hall::open(database).await;
        let candidate = hall.seat_and_start().await;
        hall.choose(&candidate, 1, 1, 0, "a").await.expect(200);
        hall.clock().advance(Span::from_minutes(24 * 60));

        let seen = hall.read(&candidate, "").await.expect(200);
        assert_eq!((seen["state"].as_str(), seen["closed"].as_bool()), (Some("in_progress"), Some(true)));
        assert_eq!(hall.choose(&candidate, 1, 2, 0, "b").await.expect(200)["receipts"][0]["status"], "late");

        assert_eq!(close_due_attempts(&hall.service, hall.clock().now()).await.unwrap(), 1);
        let row = hall.row(&candidate).await;
        assert_eq!((row.state, row.ended_at), (AttemptState::Submitted, row.closes_at));
        mark_due_attempts(&hall.service, hall.clock().now()).await.unwrap();
        assert_eq!(hall.row(&candidate).await.score, Some(Points::ONE));
    }

    async fn who_never_starts_is_absent(database: TestDatabase) {
        let hall = Hall::open(database).await;
        let candidate = hall.seat().await;
        assert_eq!(close_due_attempts(&hall.service, hall.clock().now()).await.unwrap(), 0);
        hall.clock().advance(Span::from_minutes(31));
        assert_eq!(close_due_attempts(&hall.service, hall.clock().now()).await.unwrap(), 1);
        assert_eq!(hall.row(&candidate).await.state, AttemptState::Absent);
    }

    async fn extra_time_by_accommodation_moves_the_deadline(database: TestDatabase) {
        let hall = Hall::open(database).await;
        let extra = ExtraTime { percent: 25, ..ExtraTime::default() };
        let candidate = hall.seat_with(extra).await;
        hall.open_on(&candidate, 1).await.expect(200);
        let started = hall.start(&candidate, 1).await.expect(200);
        assert_eq!(started["attempt"]["extra_seconds"], 22 * 60 + 30);
        assert_eq!(started["attempt"]["deadline"], "2026-01-05T09:52:30.000000Z");
    }

    async fn failure_17_another_device_takes_over_and_the_old_ones_entries_are_kept_but_dont_count(database: TestDatabase) {
        let hall = Hall::open(database).await;
        let candidate = hall.seat_and_start().await;
        hall.choose(&candidate, 1, 1, 0, "a").await.expect(200);
        assert_eq!(hall.take_over_on(&candidate, 2).await.expect(200)["lease_no"], 2);
        assert_eq!(hall.open_on(&candidate, 2).await.expect(200)["lease_no"], 2);

        let stale = hall.choose(&candidate, 1, 2, 0, "b").await;
        let facts = stale.json()["facts"].clone();
        assert_eq!(stale.problem(409), "exam.lease_stale");
        assert_eq!(facts["receipts"][0]["status"], "superseded");
        assert_eq!(hall.submit(&candidate, 1).await.problem(409), "exam.lease_stale");
        hall.choose(&candidate, 2, 1, 1, "a").await.expect(200);
        let held = hall.read(&candidate, "/responses").await.expect(200);
        let mut leases: Vec<_> = held["responses"].as_array().unwrap().iter().map(|r| r["lease_no"].as_i64()).collect();
        leases.sort_unstable();
        assert_eq!(leases, [Some(1), Some(2)]);
    }

    async fn the_same_entry_again_gets_its_first_receipt_and_another_one_under_its_number_a_conflict(database: TestDatabase) {
        let hall = Hall::open(database).await;
        let candidate = hall.seat_and_start().await;
        let first = hall.choose(&candidate, 1, 1, 0, "a").await.expect(200);
        hall.clock().advance(Span::from_minutes(1));
        let again = hall.choose(&candidate, 1, 1, 0, "a").await.expect(200);
        assert_eq!(first["receipts"], again["receipts"]);
        assert_eq!(hall.choose(&candidate, 1, 1, 0, "b").await.problem(409), "exam.entry_conflict");
        let twice = json!({ "lease_no": 1, "entries": [hall.entry(2, 1, "a"), hall.entry(2, 1, "b")] });
        assert_eq!(hall.save_body(&candidate, &twice).await.problem(409), "exam.entry_conflict");
        let held = hall.read(&candidate, "/responses").await.expect(200);
        assert_eq!(held["responses"][0]["response"]["choice"], "a");
        assert_eq!(held["responses"][1]["response"]["choice"], "a");
    }

    async fn failure_14_another_candidates_attempt_does_not_exist(database: TestDatabase) {
        let hall = Hall::open(database).await;
        let (mine, other) = (hall.seat_and_start().await, hall.seat_and_start().await);
        let thief = kit::Candidate { attempt: other.attempt, ..mine.clone() };
        assert_eq!(hall.read(&thief, "").await.problem(404), "exam.attempt_not_found");
        assert_eq!(hall.read(&thief, "/paper").await.problem(404), "exam.attempt_not_found");
        assert_eq!(hall.choose(&thief, 1, 1, 0, "a").await.problem(404), "exam.attempt_not_found");
        assert_eq!(hall.submit(&thief, 1).await.problem(404), "exam.attempt_not_found");
        let nobody = hall.stage.get(Hall::path(&mine, "")).send().await;
        assert_eq!(nobody.problem(401), "auth.ticket_needed");
    }

    async fn what_cant_be_a_response_is_refused_by_field_and_nothing_of_it_is_kept(database: TestDatabase) {
        let hall = Hall::open(database).await;
        let candidate = hall.seat_and_start().await;
        let bad = json!({ "lease_no": 1, "entries": [
            hall.entry(1, 0, "a"),
            { "seq": 2, "question_id": hall.questions[1], "response": { "type": "telepathy" } },
            { "seq": 3, "question_id": hall.questions[2], "response": { "type": "essay", "text": "x".repeat(70_000) } },
        ] });
        let answer = hall.save_body(&candidate, &bad).await;
        let errors = answer.json()["errors"].clone();
        assert_eq!(answer.problem(422), "exam.save_invalid");
        assert_eq!(errors[0]["field"], "entries[1].response");
        assert_eq!(errors[1]["code"], "too_large");
        assert_eq!(hall.read(&candidate, "/responses").await.expect(200)["responses"], json!([]));
        let unknown = json!({ "lease_no": 1, "entries": [], "hurry": true });
        assert_eq!(hall.save_body(&candidate, &unknown).await.problem(400), "request.invalid");
        assert_eq!(hall.choose(&candidate, 7, 1, 0, "a").await.problem(409), "exam.no_such_lease");
    }

    async fn attempts_are_handed_over_to_auth_service_once(database: TestDatabase) {
        let hall = Hall::open(database).await;
        let candidate = hall.seat().await;
        assert_eq!(hand_over(&hall.service).await.unwrap(), 1);
        assert_eq!(hand_over(&hall.service).await.unwrap(), 0);
        let registered = hall.auth.registered.lock().unwrap().clone();
        assert_eq!((registered.len(), registered[0].1.attempt), (1, candidate.attempt));
        assert_eq!(registered[0].1.closes_at, hall.sitting.times.window_ends_at + Span::from_seconds(30));
    }
}
