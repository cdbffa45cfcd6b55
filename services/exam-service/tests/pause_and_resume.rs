//! A stopped clock takes nothing from anybody: not time, not answers, not the right to start.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that can't go on must stop"
)]

mod office;

use authz::Role;
use events::Signal;
use exam_service::app::close_attempt::close_due_attempts;
use foundation::{Clock as _, Span};
use office::{Candidate, Office, in_minutes, text};
use serde_json::{Value, json};
use test_kit::{Answer, TestDatabase};

fn choice(option: &str) -> Value {
    json!({ "type": "single_choice", "choice": option })
}

fn of(sitting: &Value, candidate: &Candidate, what: &str) -> String {
    format!("/sittings/{}/attempts/{}/{what}", text(&sitting["id"]), candidate.attempt)
}

fn all(sitting: &Value, what: &str) -> String {
    format!("/sittings/{}/{what}", text(&sitting["id"]))
}

fn minutes(office: &Office, minutes: i64) {
    office.clock().advance(Span::from_minutes(minutes));
}

async fn act(office: &Office, path: String) -> Answer {
    let body = if path.ends_with("/pause") { json!({ "reason": "Fire alarm" }) } else { json!({}) };
    office.post(&office.officer, path, &body).await
}

async fn close(office: &Office) -> usize {
    close_due_attempts(&office.service, office.clock().now()).await.unwrap()
}

async fn start(office: &Office, candidate: &Candidate) -> Answer {
    office.open_on(candidate, 1, false).await.expect(200);
    let path = format!("/api/v1/exams/attempts/{}/start", candidate.attempt);
    office.stage.post(path, &json!({ "lease_no": 1 })).ticket(&candidate.ticket).send().await
}

test_kit::on_both_databases! {
    async fn a_pause_moves_the_deadline_by_its_length_and_hides_the_paper(database: TestDatabase) {
        let office = Office::open(database).await;
        let sitting = office.sitting(&office.published_exam(2).await).await;
        let candidate = office.enrol(&sitting, 1).await.remove(0);
        let paper = office.start(&candidate).await;
        minutes(&office, 10);
        office.answer(&candidate, 1, &paper["questions"][0]["id"], choice("a")).await;
        let mut signals = office.service.signals.listen();
        let row = act(&office, of(&sitting, &candidate, "pause")).await.expect(200);
        assert_eq!((text(&row["state"]), row["paused_at"].clone()), ("paused", in_minutes(&office, 0)));
        assert!(signals.take().iter().any(|signal| matches!(signal, Signal::Attempt { .. })));
        let seen = office.seen_by(&candidate).await;
        assert_eq!((text(&seen["state"]), seen["paused_at"].clone()), ("paused", in_minutes(&office, 0)));
        assert_eq!(start(&office, &candidate).await.problem(409), "exam.paused");
        let path = format!("/api/v1/exams/attempts/{}/paper", candidate.attempt);
        assert_eq!(office.stage.get(path).ticket(&candidate.ticket).send().await.problem(409), "exam.paused");
        let path = format!("/api/v1/exams/attempts/{}/submit", candidate.attempt);
        let handed_in = office.stage.post(path, &json!({ "lease_no": 1 })).ticket(&candidate.ticket).send().await;
        assert_eq!(handed_in.problem(409), "exam.paused");

        // What comes meanwhile is kept, and counts no more than what comes late. Again is no other pause.
        minutes(&office, 2);
        assert_eq!(office.answer(&candidate, 2, &paper["questions"][1]["id"], choice("a")).await, "late");
        let again = act(&office, of(&sitting, &candidate, "pause")).await.expect(200);
        assert_eq!(again, row_with(&row, &[("late_entries", json!(1)), ("last_saved_at", in_minutes(&office, 0))]));
        minutes(&office, 5);
        let row = act(&office, of(&sitting, &candidate, "resume")).await.expect(200);
        // 10 of 90 minutes were used.
        assert_eq!((text(&row["state"]), row["deadline"].clone()), ("in_progress", in_minutes(&office, 80)));
        assert_eq!(act(&office, of(&sitting, &candidate, "resume")).await.expect(200), row);
        let seen = office.seen_by(&candidate).await;
        assert_eq!((seen["paused_at"].clone(), seen["paused_seconds"].as_i64()), (Value::Null, Some(420)));
        assert_eq!(office.answer(&candidate, 3, &paper["questions"][1]["id"], choice("b")).await, "taken");
        minutes(&office, 80);
        assert_eq!(office.answer(&candidate, 4, &paper["questions"][1]["id"], choice("a")).await, "taken");
        minutes(&office, 1);
        assert_eq!(office.answer(&candidate, 5, &paper["questions"][1]["id"], choice("a")).await, "late");
        let acts = office.get(&office.clerk(Role::Admin), "/audit").await.expect(200);
        let acts: Vec<&str> = acts["items"].as_array().unwrap().iter().map(|act| text(&act["action"])).collect();
        assert_eq!(acts.iter().filter(|act| **act == "attempt.paused").count(), 1);
        assert_eq!(acts.iter().filter(|act| **act == "attempt.resumed").count(), 1);
    }

    async fn a_stopped_clock_never_runs_out(database: TestDatabase) {
        let office = Office::open(database).await;
        let sitting = office.sitting(&office.published_exam(1).await).await;
        let candidates = office.enrol(&sitting, 2).await;
        let paper = office.start(&candidates[0]).await;
        minutes(&office, 85);
        act(&office, of(&sitting, &candidates[0], "pause")).await.expect(200);
        minutes(&office, 24 * 60);
        // The other one never came.
        assert_eq!(close(&office).await, 1);
        let seen = office.seen_by(&candidates[0]).await;
        assert_eq!((text(&seen["state"]), seen["closed"].as_bool()), ("paused", Some(false)));
        // Time can be given meanwhile, however long it lasts.
        let body = json!({ "minutes": 3, "reason": "For the wait" });
        office.post(&office.officer, of(&sitting, &candidates[0], "extra-time"), &body).await.expect(200);
        let row = act(&office, of(&sitting, &candidates[0], "resume")).await.expect(200);
        assert_eq!(row["deadline"], in_minutes(&office, 5 + 3));
        assert_eq!(office.answer(&candidates[0], 1, &paper["questions"][0]["id"], choice("a")).await, "taken");
        minutes(&office, 9);
        assert_eq!(close(&office).await, 1);
        assert_eq!(act(&office, of(&sitting, &candidates[0], "pause")).await.problem(409), "exam.attempt_over");
        assert_eq!(act(&office, of(&sitting, &candidates[1], "pause")).await.problem(409), "exam.attempt_not_started");
    }

    async fn clocks_of_a_sitting_that_run_again_have_each_their_own_end(database: TestDatabase) {
        let office = Office::open(database).await;
        let sitting = office.sitting(&office.published_exam(1).await).await;
        let candidates = office.enrol(&sitting, 3).await;
        for candidate in &candidates {
            office.start(candidate).await;
            minutes(&office, 2);
        }
        act(&office, all(&sitting, "pause")).await.expect(200);
        minutes(&office, 30);
        act(&office, all(&sitting, "resume")).await.expect(200);
        for (candidate, used) in candidates.iter().zip([6, 4, 2]) {
            let seen = office.seen_by(candidate).await;
            assert_eq!((text(&seen["state"]), seen["deadline"].clone()), ("in_progress", in_minutes(&office, 90 - used)));
        }
    }

    async fn a_whole_sitting_stands_and_who_comes_meanwhile_loses_nothing(database: TestDatabase) {
        let office = Office::open(database).await;
        let sitting = office.sitting(&office.published_exam(1).await).await;
        let candidates = office.enrol(&sitting, 3).await;
        office.start(&candidates[0]).await;
        office.start(&candidates[1]).await;
        minutes(&office, 20);
        // One of them stands already, by itself.
        act(&office, of(&sitting, &candidates[1], "pause")).await.expect(200);
        minutes(&office, 5);
        let paused = act(&office, all(&sitting, "pause")).await.expect(200);
        assert_eq!(paused["paused_at"], in_minutes(&office, 0));
        assert_eq!(act(&office, all(&sitting, "pause")).await.expect(200), paused);
        assert_eq!(start(&office, &candidates[2]).await.problem(409), "exam.sitting_paused");
        assert_eq!(office.seen_by(&candidates[2]).await["sitting_paused"], true);
        assert_eq!(act(&office, of(&sitting, &candidates[0], "resume")).await.problem(409), "exam.sitting_paused");

        // Entry would have closed five minutes from now.
        minutes(&office, 15);
        assert_eq!(close(&office).await, 0);
        let resumed = act(&office, all(&sitting, "resume")).await.expect(200);
        assert_eq!(
            (resumed["paused_at"].clone(), resumed["entry_closes_at"].clone(), resumed["window_ends_at"].clone()),
            (Value::Null, in_minutes(&office, 5), in_minutes(&office, 95))
        );
        assert_eq!(act(&office, all(&sitting, "resume")).await.expect(200), resumed);
        assert_eq!(office.seen_by(&candidates[0]).await["deadline"], in_minutes(&office, 90 - 25));
        let still = office.seen_by(&candidates[1]).await;
        assert_eq!(text(&still["state"]), "paused");
        minutes(&office, 3);
        start(&office, &candidates[2]).await.expect(200);
        assert_eq!(office.seen_by(&candidates[2]).await["deadline"], in_minutes(&office, 90));
        minutes(&office, 10);
        let row = act(&office, of(&sitting, &candidates[1], "resume")).await.expect(200);
        // 20 of 90 minutes were used before both pauses; where they overlapped time stood once.
        assert_eq!(row["deadline"], in_minutes(&office, 70));
        assert_eq!(office.live(&sitting, "").await["counts"]["in_progress"], 3);
    }

    async fn a_sitting_that_has_not_opened_or_was_called_off_has_no_clock_to_stop(database: TestDatabase) {
        let office = Office::open(database).await;
        let exam = office.published_exam(1).await;
        let mut body = office.sitting_body(&exam);
        for (field, after) in [("opens_at", 10), ("entry_closes_at", 40), ("window_ends_at", 130)] {
            body[field] = in_minutes(&office, after);
        }
        let sitting = office.post(&office.officer, "/sittings", &body).await.expect(201);
        assert_eq!(act(&office, all(&sitting, "pause")).await.problem(409), "exam.sitting_not_open");
        act(&office, all(&sitting, "resume")).await.expect(200);
        let cancel = json!({ "reason": "No hall" });
        office.post(&office.officer, all(&sitting, "cancel"), &cancel).await.expect(200);
        assert_eq!(act(&office, all(&sitting, "pause")).await.problem(409), "exam.sitting_cancelled");
    }

    async fn the_clock_of_a_timed_section_stands_too(database: TestDatabase) {
        let office = Office::open(database).await;
        let item = |office: &Office| json!({ "type": "fixed", "question_id": office.questions.add(office::single_choice()) });
        let exam = office
            .published(json!({ "duration_minutes": 60, "sections": [
                { "items": [item(&office)] },
                { "items": [item(&office)], "time_limit_minutes": 10 },
            ] }))
            .await;
        let sitting = office.sitting(&exam).await;
        let candidate = office.enrol(&sitting, 1).await.remove(0);
        let paper = office.start(&candidate).await;
        let timed = &paper["sections"][1]["question_ids"][0];
        assert_eq!(office.answer(&candidate, 1, timed, choice("a")).await, "taken");
        minutes(&office, 8);
        act(&office, of(&sitting, &candidate, "pause")).await.expect(200);
        minutes(&office, 30);
        act(&office, of(&sitting, &candidate, "resume")).await.expect(200);
        assert_eq!(office.seen_by(&candidate).await["sections"][0]["ends_at"], in_minutes(&office, 2));
        minutes(&office, 2);
        assert_eq!(office.answer(&candidate, 2, timed, choice("b")).await, "taken");
        minutes(&office, 1);
        assert_eq!(office.answer(&candidate, 3, timed, choice("a")).await, "late");
    }
}

fn row_with(row: &Value, changes: &[(&str, Value)]) -> Value {
    let mut row = row.clone();
    for (field, value) in changes {
        row[*field] = value.clone();
    }
    row
}
