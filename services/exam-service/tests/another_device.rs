//! Two devices and one attempt: nothing is taken away silently, nothing that was written disappears. (Failure list,
//! 17: two devices overwrite each other.)

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that can't go on must stop"
)]

mod office;

use authz::Role;
use events::Signal;
use exam_service::domain::takeover::CONSENT_MINUTES_MAX;
use foundation::Span;
use office::{Candidate, Office, in_minutes, text};
use serde_json::{Value, json};
use test_kit::TestDatabase;

fn choice(option: &str) -> Value {
    json!({ "type": "single_choice", "choice": option })
}

/// A sitting in which `policy` decides about other devices, and a candidate who has started on device 1.
async fn running(office: &Office, policy: &str) -> (Value, Candidate, Value) {
    let exam = office.published_exam(2).await;
    let mut body = office.sitting_body(&exam);
    body["takeover"] = json!(policy);
    let sitting = office.post(&office.officer, "/sittings", &body).await.expect(201);
    let candidate = office.enrol(&sitting, 1).await.remove(0);
    let paper = office.start(&candidate).await;
    (sitting, candidate, paper)
}

fn allow(sitting: &Value, candidate: &Candidate) -> String {
    format!("/sittings/{}/attempts/{}/allow-move", text(&sitting["id"]), candidate.attempt)
}

test_kit::on_both_databases! {
    async fn a_running_attempt_stays_where_it_is_until_its_candidate_says_otherwise(database: TestDatabase) {
        let office = Office::open(database).await;
        let (_, candidate, paper) = running(&office, "candidate").await;
        let started = in_minutes(&office, 0);
        office.clock().advance(Span::from_minutes(3));
        office.answer(&candidate, 1, &paper["questions"][0]["id"], choice("a")).await;
        let saved = in_minutes(&office, 0);
        office.clock().advance(Span::from_minutes(5));

        let refused = office.open_on(&candidate, 2, false).await;
        let facts = refused.json()["facts"].clone();
        assert_eq!(refused.problem(409), "exam.open_elsewhere");
        assert_eq!(facts, json!({ "lease_no": 1, "since": started, "last_heard_at": saved, "needs_consent": false }));
        // A crashed tab of the same device goes on with no question.
        assert_eq!(office.open_on(&candidate, 1, false).await.expect(200)["lease_no"], 1);
        assert_eq!(office.answer(&candidate, 2, &paper["questions"][0]["id"], choice("b")).await, "taken");

        let mut signals = office.service.signals.listen();
        assert_eq!(office.open_on(&candidate, 2, true).await.expect(200)["lease_no"], 2);
        let told = signals.take();
        assert!(told.iter().any(|signal| matches!(signal, Signal::Attempt { .. })), "{told:?}");
        let body = json!({ "lease_no": 1, "entries": [
            { "seq": 3, "question_id": paper["questions"][1]["id"], "response": choice("a") },
        ] });
        let path = format!("/api/v1/exams/attempts/{}/responses", candidate.attempt);
        let stale = office.stage.put(path, &body).ticket(&candidate.ticket).send().await;
        assert_eq!(stale.json()["facts"]["receipts"][0]["status"], "superseded");
        assert_eq!(stale.problem(409), "exam.lease_stale");
        // And back.
        assert_eq!(office.open_on(&candidate, 1, false).await.problem(409), "exam.open_elsewhere");
        assert_eq!(office.open_on(&candidate, 1, true).await.expect(200)["lease_no"], 3);
    }

    async fn where_an_invigilator_decides_the_candidate_waits_for_their_consent(database: TestDatabase) {
        let office = Office::open(database).await;
        let (sitting, candidate, _) = running(&office, "invigilator").await;
        assert_eq!(office.open_on(&candidate, 2, false).await.json()["facts"]["needs_consent"], true);
        assert_eq!(office.live(&sitting, "").await["items"][0]["move_asked_at"], Value::Null);
        let mut signals = office.service.signals.listen();
        assert_eq!(office.open_on(&candidate, 2, true).await.problem(409), "exam.move_needs_consent");
        let sitting_id = text(&sitting["id"]).parse().unwrap();
        let told = signals.take();
        assert!(told.contains(&Signal::Sitting { sitting: sitting_id }), "{told:?}");
        let asked = in_minutes(&office, 0);
        office.clock().advance(Span::from_minutes(1));
        assert_eq!(office.open_on(&candidate, 2, true).await.problem(409), "exam.move_needs_consent");
        assert_eq!(office.live(&sitting, "").await["items"][0]["move_asked_at"], asked);
        assert_eq!(office.seen_by(&candidate).await["may_move"], false);

        let invigilator = office.clerk(Role::Invigilator);
        let row = office.post(&invigilator, allow(&sitting, &candidate), &json!({})).await.expect(200);
        assert_eq!(row["move_asked_at"], Value::Null);
        office.post(&invigilator, allow(&sitting, &candidate), &json!({ "reason": "again" })).await.expect(200);
        let seen = office.seen_by(&candidate).await;
        assert_eq!((seen["may_move"].clone(), seen["version"].clone()), (json!(true), row["version"].clone()));
        // It is for the device that asked, once.
        assert_eq!(office.open_on(&candidate, 3, true).await.problem(409), "exam.move_needs_consent");
        assert_eq!(office.open_on(&candidate, 2, true).await.expect(200)["lease_no"], 2);
        assert_eq!(office.open_on(&candidate, 1, true).await.problem(409), "exam.move_needs_consent");
        let acts = office.get(&office.clerk(Role::Admin), "/audit").await.expect(200);
        let is_consent = |act: &&Value| act["action"] == "attempt.move_allowed";
        assert_eq!(acts["items"].as_array().unwrap().iter().filter(is_consent).count(), 1);
    }

    async fn a_consent_runs_out_and_none_is_for_an_attempt_that_does_not_run(database: TestDatabase) {
        let office = Office::open(database).await;
        let (sitting, candidate, _) = running(&office, "invigilator").await;
        office.post(&office.officer, allow(&sitting, &candidate), &json!({})).await.expect(200);
        office.clock().advance(Span::from_minutes(CONSENT_MINUTES_MAX + 1));
        assert_eq!(office.open_on(&candidate, 2, true).await.problem(409), "exam.move_needs_consent");
        office.hand_in(&candidate).await;
        assert_eq!(office.post(&office.officer, allow(&sitting, &candidate), &json!({})).await.problem(409), "exam.attempt_over");
        assert_eq!(office.open_on(&candidate, 2, true).await.problem(409), "exam.attempt_over");
    }

    async fn who_decides_can_be_changed_while_a_sitting_runs(database: TestDatabase) {
        let office = Office::open(database).await;
        let (sitting, candidate, _) = running(&office, "candidate").await;
        let mut change = office.sitting_body(&json!({ "id": sitting["exam_id"] }));
        change.as_object_mut().unwrap().remove("exam_id");
        change["version"] = sitting["version"].clone();
        change["takeover"] = json!("invigilator");
        let path = format!("/sittings/{}", text(&sitting["id"]));
        let changed = office.put(&office.officer, path, &change).await.expect(200);
        assert_eq!((text(&sitting["takeover"]), text(&changed["takeover"])), ("candidate", "invigilator"));
        assert_eq!(office.open_on(&candidate, 2, true).await.problem(409), "exam.move_needs_consent");
    }
}
