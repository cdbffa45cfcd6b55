//! An invigilator watches a sitting and helps, on either database.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that can't go on must stop"
)]

mod office;

use authz::Role;
use events::Signal;
use exam_service::app::{
    close_attempt::close_due_attempts, hand_over::hand_over, mark_attempt::mark_due_attempts,
};
use foundation::{Clock as _, Span};
use futures::future::join_all;
use office::{Candidate, Office, errors, in_minutes, text};
use serde_json::{Value, json};
use test_kit::{Answer, TestDatabase};

fn path(sitting: &Value, rest: &str) -> String {
    format!("/sittings/{}{rest}", text(&sitting["id"]))
}

fn of(sitting: &Value, candidate: &Candidate, rest: &str) -> String {
    path(sitting, &format!("/attempts/{}/{rest}", candidate.attempt))
}

fn choice(option: &str) -> Value {
    json!({ "type": "single_choice", "choice": option })
}

async fn jobs(office: &Office) {
    let now = office.clock().now();
    close_due_attempts(&office.service, now).await.unwrap();
    mark_due_attempts(&office.service, now).await.unwrap();
}

async fn give(office: &Office, path: String, minutes: i64) -> Answer {
    office.post(&office.officer, path, &json!({ "minutes": minutes, "reason": "Fire alarm" })).await
}

test_kit::on_both_databases! {
    async fn the_live_list_says_who_does_what(database: TestDatabase) {
        let office = Office::open(database).await;
        let sitting = office.sitting(&office.published_exam(2).await).await;
        let candidates = office.enrol(&sitting, 5).await;
        let paper = office.start(&candidates[0]).await;
        office.answer(&candidates[0], 1, &paper["questions"][0]["id"], choice("a")).await;
        office.start(&candidates[1]).await;
        office.hand_in(&candidates[1]).await;
        office.put(&office.officer, path(&sitting, &format!("/roster/{}", candidates[4].attempt)), &json!({ "status": "deferred" })).await.expect(200);
        let _socket = office.service.presence.arrive(candidates[0].attempt.uuid());

        let live = office.live(&sitting, "").await;
        let first = &live["items"][0];
        assert_eq!(
            (text(&first["state"]), first["answered"].as_i64(), first["question_count"].as_i64(), first["online"].as_bool(), first["closed"].as_bool()),
            ("in_progress", Some(1), Some(2), Some(true), Some(false))
        );
        assert_eq!((first["last_saved_at"].clone(), first["deadline"].clone()), (in_minutes(&office, 0), in_minutes(&office, 90)));
        assert_eq!((text(&live["items"][1]["state"]), live["items"][1]["handed_in"].as_bool(), live["items"][1]["online"].as_bool()), ("submitted", Some(true), Some(false)));
        let counts = &live["counts"];
        let count = |name: &str| counts[name].as_i64().unwrap();
        assert_eq!(
            ["expected", "scheduled", "in_progress", "submitted", "deferred", "absent"].map(count),
            [4, 2, 1, 1, 1, 0]
        );

        let page = office.live(&sitting, "?limit=2").await;
        let rest = office.live(&sitting, &format!("?limit=2&after={}", text(&page["next"]))).await;
        assert_eq!((text(&page["items"][1]["candidate_number"]), text(&rest["items"][0]["candidate_number"])), ("C002", "C003"));
        let numbers = async |options: &str| {
            let live = office.live(&sitting, options).await;
            live["items"].as_array().unwrap().iter().map(|item| text(&item["candidate_number"]).to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(numbers("?search=candidate%202").await, ["C002"]);
        assert_eq!(numbers("?state=in_progress").await, ["C001"]);
        assert_eq!(numbers("?late=true").await, [""; 0]);

        // Time closes whether or not anybody has noticed; what comes then is late.
        office.clock().advance(Span::from_minutes(91));
        assert_eq!(office.answer(&candidates[0], 2, &paper["questions"][1]["id"], choice("a")).await, "late");
        assert_eq!(numbers("?state=submitted").await, ["C001", "C002"]);
        assert_eq!(numbers("?late=true").await, ["C001"]);
        assert_eq!(office.live(&sitting, "").await["counts"]["with_late_entries"], 1);
        let bad = office.get(&office.officer, path(&sitting, "/attempts?state=lost")).await;
        assert_eq!(bad.problem(400), "request.query_invalid");
    }

    async fn failure_12_time_for_all_reaches_those_who_run_and_those_to_come(database: TestDatabase) {
        let office = Office::open(database).await;
        let sitting = office.sitting(&office.published_exam(1).await).await;
        let candidates = office.enrol(&sitting, 3).await;
        office.start(&candidates[0]).await;
        office.start(&candidates[1]).await;
        office.hand_in(&candidates[1]).await;
        hand_over(&office.service).await.unwrap();
        let mut signals = office.service.signals.listen();
        let given = give(&office, path(&sitting, "/extra-time"), 10).await.expect(200);
        assert_eq!(given, json!({ "changed": 2, "reopened": 0, "unchanged": 1 }));
        assert_eq!(office.seen_by(&candidates[0]).await["deadline"], in_minutes(&office, 100));
        let told = signals.take();
        let version = office.seen_by(&candidates[0]).await["version"].as_i64().unwrap();
        assert!(told.contains(&Signal::Attempt { attempt: candidates[0].attempt.uuid(), version }), "{told:?}");
        assert_eq!(hand_over(&office.service).await.unwrap(), 2);

        // Who starts later, and who is enrolled later, has it too.
        office.start(&candidates[2]).await;
        assert_eq!(office.seen_by(&candidates[2]).await["deadline"], in_minutes(&office, 100));
        office.import(&sitting, "", "number,name\nLATE,Late Comer\n").await.expect(200);
        let late = office.candidates(&sitting).await.pop().unwrap();
        office.start(&late).await;
        assert_eq!(office.seen_by(&late).await["deadline"], in_minutes(&office, 100));

        // What was given by mistake is taken back, never more, and nobody is cut off.
        assert_eq!(give(&office, path(&sitting, "/extra-time"), -11).await.problem(409), "exam.more_than_given");
        give(&office, path(&sitting, "/extra-time"), -4).await.expect(200);
        assert_eq!(office.seen_by(&candidates[0]).await["deadline"], in_minutes(&office, 96));
        office.clock().advance(Span::from_minutes(93));
        assert_eq!(give(&office, path(&sitting, "/extra-time"), -5).await.problem(409), "exam.deadline_would_pass");
        assert_eq!(office.seen_by(&candidates[0]).await["deadline"], in_minutes(&office, 3));
        for minutes in [0, 601, -601, i64::MAX] {
            let answer = give(&office, path(&sitting, "/extra-time"), minutes).await;
            assert_eq!(errors(&answer), ["minutes out_of_range"]);
        }
        let silent = office.post(&office.officer, path(&sitting, "/extra-time"), &json!({ "minutes": 5, "reason": " " })).await;
        assert_eq!(silent.problem(400), "request.invalid");
    }

    async fn who_looks_at_once_sees_their_own_attempt_each(database: TestDatabase) {
        let office = Office::open(database).await;
        let sitting = office.sitting(&office.published_exam(1).await).await;
        let candidates = office.enrol(&sitting, 15).await;
        for candidate in &candidates {
            office.start(candidate).await;
        }
        give(&office, path(&sitting, "/extra-time"), 5).await.expect(200);
        office.clock().advance(Span::from_seconds(1));
        for (candidate, minutes) in candidates.iter().take(12).zip(1_i64..) {
            give(&office, of(&sitting, candidate, "extra-time"), minutes).await.expect(200);
        }
        let looked = join_all(candidates.iter().map(|candidate| office.seen_by(candidate))).await;
        for (number, (seen, candidate)) in looked.iter().zip(&candidates).enumerate() {
            let given: Vec<i64> = seen["credits"].as_array().unwrap().iter().map(|given| given["seconds"].as_i64().unwrap() / 60).collect();
            let own = if number < 12 { vec![5, number as i64 + 1] } else { vec![5] };
            assert_eq!((text(&seen["id"]), given), (candidate.attempt.to_string().as_str(), own));
        }
        let stranger = office.stage.get(format!("/api/v1/exams/attempts/{}", candidates[1].attempt)).ticket(&candidates[0].ticket).send().await;
        assert_eq!(stranger.problem(404), "exam.attempt_not_found");
    }

    async fn an_attempt_that_time_has_closed_opens_again_and_what_came_late_stays_late(database: TestDatabase) {
        let office = Office::open(database).await;
        let sitting = office.sitting(&office.published_exam(2).await).await;
        let candidate = office.enrol(&sitting, 1).await.remove(0);
        let paper = office.start(&candidate).await;
        let (one, two) = (&paper["questions"][0]["id"], &paper["questions"][1]["id"]);
        office.answer(&candidate, 1, one, choice("b")).await;
        office.clock().advance(Span::from_minutes(92));
        assert_eq!(office.answer(&candidate, 2, one, choice("a")).await, "late");
        jobs(&office).await;
        let live = office.live(&sitting, "").await;
        assert_eq!((text(&live["items"][0]["state"]), text(&live["items"][0]["marking"])), ("submitted", "marked"));

        assert_eq!(give(&office, of(&sitting, &candidate, "extra-time"), 1).await.problem(409), "exam.attempt_over");
        let again = give(&office, of(&sitting, &candidate, "extra-time"), 5).await.expect(200);
        assert_eq!((text(&again["state"]), text(&again["marking"]), again["credit_seconds"].as_i64()), ("in_progress", "none", Some(300)));
        assert_eq!(office.answer(&candidate, 3, two, choice("a")).await, "taken");
        office.hand_in(&candidate).await;
        jobs(&office).await;
        let marks = office.get(&office.officer, of(&sitting, &candidate, "marks")).await.expect(200);
        assert_eq!(marks["score"], 1);
        assert_eq!(give(&office, of(&sitting, &candidate, "extra-time"), 5).await.problem(409), "exam.attempt_handed_in");
    }

    async fn an_attempt_whose_result_is_out_does_not_open_again(database: TestDatabase) {
        let office = Office::open(database).await;
        let sitting = office.sitting(&office.published_exam(1).await).await;
        let candidate = office.enrol(&sitting, 1).await.remove(0);
        office.start(&candidate).await;
        office.clock().advance(Span::from_minutes(92));
        jobs(&office).await;
        office.post(&office.officer, path(&sitting, "/release"), &json!({})).await.expect(200);
        assert_eq!(give(&office, of(&sitting, &candidate, "extra-time"), 10).await.problem(409), "exam.attempt_settled");
        let given = give(&office, path(&sitting, "/extra-time"), 10).await.expect(200);
        assert_eq!(given, json!({ "changed": 0, "reopened": 0, "unchanged": 1 }));
    }

    async fn a_terminated_attempt_is_over_and_what_was_saved_counts(database: TestDatabase) {
        let office = Office::open(database).await;
        let sitting = office.sitting(&office.published_exam(1).await).await;
        let candidates = office.enrol(&sitting, 2).await;
        let paper = office.start(&candidates[0]).await;
        let question = &paper["questions"][0]["id"];
        office.answer(&candidates[0], 1, question, choice("a")).await;
        let invigilator = office.clerk(Role::Invigilator);
        let reason = json!({ "reason": "Used a phone" });
        let ended = office.post(&invigilator, of(&sitting, &candidates[0], "terminate"), &reason).await.expect(200);
        assert_eq!((text(&ended["state"]), ended["closed"].as_bool()), ("terminated", Some(true)));
        assert_eq!(office.answer(&candidates[0], 2, question, choice("b")).await, "late");
        assert_eq!(office.seen_by(&candidates[0]).await["state"], "terminated");
        jobs(&office).await;
        let marks = office.get(&office.officer, of(&sitting, &candidates[0], "marks")).await.expect(200);
        assert_eq!(marks["score"], 1);
        for _ in 0..2 {
            let again = office.post(&invigilator, of(&sitting, &candidates[0], "terminate"), &reason).await;
            assert_eq!(again.problem(409), "exam.attempt_over");
        }
        assert_eq!(give(&office, of(&sitting, &candidates[0], "extra-time"), 5).await.problem(409), "exam.attempt_terminated");
        // One that hasn't started can't start any more.
        office.post(&invigilator, of(&sitting, &candidates[1], "terminate"), &reason).await.expect(200);
        office.stage.post(format!("/api/v1/exams/attempts/{}/open", candidates[1].attempt), &json!({ "device_id": uuid::Uuid::from_u128(1) })).ticket(&candidates[1].ticket).send().await;
        let start = office.stage.post(format!("/api/v1/exams/attempts/{}/start", candidates[1].attempt), &json!({ "lease_no": 1 })).ticket(&candidates[1].ticket).send().await;
        assert_eq!(start.problem(409), "exam.attempt_over");
        assert_eq!(office.post(&invigilator, of(&sitting, &candidates[1], "terminate"), &json!({})).await.status, 400);
    }

    async fn late_entries_are_looked_at_admitted_and_marked(database: TestDatabase) {
        let office = Office::open(database).await;
        let sitting = office.sitting(&office.published_exam(2).await).await;
        let candidate = office.enrol(&sitting, 1).await.remove(0);
        let paper = office.start(&candidate).await;
        office.answer(&candidate, 1, &paper["questions"][0]["id"], choice("b")).await;
        office.clock().advance(Span::from_minutes(91));
        assert_eq!(office.answer(&candidate, 2, &paper["questions"][0]["id"], choice("a")).await, "late");
        assert_eq!(office.answer(&candidate, 3, &paper["questions"][1]["id"], choice("a")).await, "late");
        jobs(&office).await;
        let score = async || office.get(&office.officer, of(&sitting, &candidate, "marks")).await.expect(200)["score"].clone();
        assert_eq!(score().await, 0);
        let late = office.get(&office.officer, of(&sitting, &candidate, "late-entries")).await.expect(200);
        let entries = late["entries"].as_array().unwrap();
        assert_eq!((entries.len(), entries[0]["late_by_seconds"].as_i64(), entries[0]["admitted_at"].clone()), (2, Some(30), Value::Null));
        assert!(!late.to_string().contains("choice"), "{late}");

        let admit = json!({ "reason": "The hall's network was down" });
        let invigilator = office.clerk(Role::Invigilator);
        assert_eq!(office.post(&invigilator, of(&sitting, &candidate, "late-entries/admit"), &admit).await.problem(403), "auth.forbidden");
        let admitted = office.post(&office.officer, of(&sitting, &candidate, "late-entries/admit"), &admit).await.expect(200);
        assert_eq!((admitted["admitted"].as_i64(), score().await), (Some(2), json!(2)));
        assert_eq!(office.live(&sitting, "").await["counts"]["with_late_entries"], 0);
        assert_eq!(office.post(&office.officer, of(&sitting, &candidate, "late-entries/admit"), &admit).await.problem(409), "exam.nothing_late");
    }
}
