//! Ten thousand starts aren't one: each attempt has its own moment, and everybody the same working time. (Failure list,
//! 1: a synchronised start melts the server; 12: extra time is overridden.)

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that can't go on must stop"
)]

mod office;

use exam_service::{app::close_attempt::close_due_attempts, domain::time::slot};
use foundation::{Clock as _, Span};
use office::{Candidate, Office, errors, text};
use serde_json::{Value, json};
use test_kit::{Answer, TestDatabase};

const SPREAD: Span = Span::from_seconds(60);

async fn start(office: &Office, candidate: &Candidate) -> Answer {
    let path = format!("/api/v1/exams/attempts/{}/start", candidate.attempt);
    office.stage.post(path, &json!({ "lease_no": 1 })).ticket(&candidate.ticket).send().await
}

/// A sitting that opens now, whose starts are spread over a minute, and in whose window everybody can use all their time.
async fn spread_sitting(office: &Office) -> Value {
    let mut body = office.sitting_body(&office.published_exam(1).await);
    body["start_spread_seconds"] = json!(60);
    office.post(&office.officer, "/sittings", &body).await.expect(201)
}

test_kit::on_both_databases! {
    async fn everybody_starts_in_their_own_slot_and_has_the_whole_time(database: TestDatabase) {
        let office = Office::open(database).await;
        let sitting = spread_sitting(&office).await;
        let opens_at = office.clock().now();
        office.import(&sitting, "", "number,name,extra_percent\nB1,Ada,\nB2,Ben,50\nB3,Cai,\n").await.expect(200);
        let mut candidates = office.candidates(&sitting).await;
        candidates.sort_by_key(|candidate| slot(candidate.attempt, SPREAD));
        for candidate in &candidates {
            office.open_on(candidate, 1, false).await.expect(200);
            let starts_at = opens_at + slot(candidate.attempt, SPREAD);
            assert_eq!(office.seen_by(candidate).await["starts_at"], json!(starts_at));
            office.clock().set(starts_at - Span::from_micros(1));
            let early = start(&office, candidate).await;
            assert_eq!(early.json()["facts"]["retry_at"], json!(starts_at));
            assert_eq!(early.problem(409), "exam.not_open_yet");
            office.clock().set(starts_at);
            let started = start(&office, candidate).await.expect(200)["attempt"].clone();
            let extra = started["extra_seconds"].as_i64().unwrap();
            assert_eq!(started["deadline"], json!(starts_at + Span::from_seconds(90 * 60 + extra)));
        }
        // Extra time moves each by its own slot.
        let path = format!("/sittings/{}/extra-time", text(&sitting["id"]));
        office.post(&office.officer, path, &json!({ "minutes": 5, "reason": "x" })).await.expect(200);
        let seen = office.seen_by(&candidates[0]).await;
        let extra = Span::from_seconds(90 * 60 + seen["extra_seconds"].as_i64().unwrap());
        assert_eq!(seen["deadline"], json!(opens_at + slot(candidates[0].attempt, SPREAD) + extra));
    }

    async fn nobody_is_absent_before_their_own_entry_has_closed(database: TestDatabase) {
        let office = Office::open(database).await;
        let sitting = spread_sitting(&office).await;
        let opens_at = office.clock().now();
        let candidate = office.enrol(&sitting, 1).await.remove(0);
        office.open_on(&candidate, 1, false).await.expect(200);
        let last = opens_at + Span::from_minutes(30) + slot(candidate.attempt, SPREAD);
        office.clock().set(last);
        assert_eq!(close_due_attempts(&office.service, last).await.unwrap(), 0);
        // Who starts in the last moment ends with the window, which is their own too.
        start(&office, &candidate).await.expect(200);
        office.clock().set(last + Span::from_minutes(90));
        let deadline = office.seen_by(&candidate).await["deadline"].clone();
        assert_eq!(deadline, json!(opens_at + Span::from_minutes(120) + slot(candidate.attempt, SPREAD)));
    }

    async fn a_spread_is_a_minute_at_most_and_stays_once_the_sitting_has_opened(database: TestDatabase) {
        let office = Office::open(database).await;
        let sitting = spread_sitting(&office).await;
        assert_eq!(sitting["start_spread_seconds"], 60);
        let mut body = office.sitting_body(&json!({ "id": sitting["exam_id"] }));
        body["start_spread_seconds"] = json!(61);
        assert_eq!(
            errors(&office.post(&office.officer, "/sittings", &body).await),
            ["start_spread_seconds exam.start_spread_out_of_range"]
        );
        body.as_object_mut().unwrap().remove("exam_id");
        body["version"] = sitting["version"].clone();
        body["start_spread_seconds"] = json!(0);
        let path = format!("/sittings/{}", text(&sitting["id"]));
        let changed = office.put(&office.officer, &path, &body).await;
        assert_eq!(errors(&changed), ["start_spread_seconds exam.sitting_opened"]);
        body.as_object_mut().unwrap().remove("start_spread_seconds");
        let kept = office.put(&office.officer, &path, &body).await.expect(200);
        assert_eq!(kept["start_spread_seconds"], 60);
    }
}
