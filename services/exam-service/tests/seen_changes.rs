//! Who watches over a sitting knows whether a change has arrived on the candidate's screen. (Failure list, 12: extra time
//! does not reach a running attempt.)

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that can't go on must stop"
)]

mod office;

use events::Signal;
use foundation::Span;
use futures::future::join_all;
use office::{Candidate, Office, in_minutes, text};
use serde_json::{Value, json};
use test_kit::TestDatabase;

fn of(sitting: &Value, candidate: &Candidate, what: &str) -> String {
    format!("/sittings/{}/attempts/{}/{what}", text(&sitting["id"]), candidate.attempt)
}

/// The player of this lease says that it shows the attempt as of `version`.
async fn see(office: &Office, candidate: &Candidate, lease_no: i64, version: &Value) {
    let path = format!("/api/v1/exams/attempts/{}/seen", candidate.attempt);
    let body = json!({ "lease_no": lease_no, "version": version });
    let answer = office.stage.post(path, &body).ticket(&candidate.ticket).send().await;
    assert_eq!(answer.status.as_u16(), 204, "{:?}", answer.body);
}

async fn row(office: &Office, sitting: &Value) -> (Value, Value) {
    let live = office.live(sitting, "").await;
    (live["items"][0]["unseen_since"].clone(), live["items"][0]["change_seen_at"].clone())
}

test_kit::on_both_databases! {
    async fn every_change_by_staff_waits_until_the_player_shows_it(database: TestDatabase) {
        let office = Office::open(database).await;
        let sitting = office.sitting(&office.published_exam(1).await).await;
        let candidate = office.enrol(&sitting, 1).await.remove(0);
        office.start(&candidate).await;
        let started = office.seen_by(&candidate).await;
        assert_eq!((started["told_version"].clone(), row(&office, &sitting).await), (json!(0), (Value::Null, Value::Null)));

        let why = json!({ "reason": "x" });
        let more = json!({ "minutes": 5, "reason": "x" });
        let all = |what: &str| format!("/sittings/{}/{what}", text(&sitting["id"]));
        let changes = [
            (of(&sitting, &candidate, "extra-time"), more.clone()),
            (all("extra-time"), more.clone()),
            (all("incidents"), more.clone()),
            (of(&sitting, &candidate, "pause"), why.clone()),
            (of(&sitting, &candidate, "resume"), json!({})),
            (all("pause"), why.clone()),
            (all("resume"), json!({})),
            (of(&sitting, &candidate, "terminate"), why.clone()),
        ];
        for (path, body) in changes {
            office.clock().advance(Span::from_minutes(1));
            let told_at = in_minutes(&office, 0);
            assert!(office.post(&office.officer, &path, &body).await.status.is_success(), "{path}");
            assert_eq!(row(&office, &sitting).await, (told_at.clone(), Value::Null), "{path}");
            // An older version on the screen, or another device's, says nothing of this change.
            let seen = office.seen_by(&candidate).await;
            see(&office, &candidate, 1, &json!(seen["told_version"].as_i64().unwrap() - 1)).await;
            see(&office, &candidate, 2, &seen["version"]).await;
            assert_eq!(row(&office, &sitting).await.0, told_at, "{path}");
            office.clock().advance(Span::from_seconds(1));
            let mut signals = office.service.signals.listen();
            see(&office, &candidate, 1, &seen["version"]).await;
            assert!(matches!(signals.take()[..], [Signal::Sitting { .. }]));
            assert_eq!(row(&office, &sitting).await, (Value::Null, in_minutes(&office, 0)), "{path}");
            // Again changes nothing, and nobody needs to look.
            see(&office, &candidate, 1, &seen["version"]).await;
            assert_eq!(signals.take(), []);
            // It is no change of the attempt.
            assert_eq!(office.seen_by(&candidate).await["version"], seen["version"]);
        }
    }

    async fn of_what_many_players_say_at_once_the_newest_of_each_stays(database: TestDatabase) {
        let office = Office::open(database).await;
        let sitting = office.sitting(&office.published_exam(1).await).await;
        let candidates = office.enrol(&sitting, 5).await;
        for candidate in &candidates {
            office.start(candidate).await;
        }
        let more = json!({ "minutes": 5, "reason": "x" });
        let path = format!("/sittings/{}/extra-time", text(&sitting["id"]));
        office.post(&office.officer, &path, &more).await.expect(200);
        let older = office.seen_by(&candidates[0]).await["version"].clone();
        office.post(&office.officer, &path, &more).await.expect(200);
        let newer = office.seen_by(&candidates[0]).await["version"].clone();
        let says = |candidate, lease_no, version| see(&office, candidate, lease_no, version);
        let said = candidates.iter().skip(1).flat_map(|candidate| {
            [says(candidate, 1, &older), says(candidate, 1, &newer), says(candidate, 1, &older), says(candidate, 2, &newer)]
        });
        join_all(said.chain([says(&candidates[0], 1, &older)])).await;
        let live = office.live(&sitting, "").await;
        let seen: Vec<bool> =
            live["items"].as_array().unwrap().iter().map(|item| item["unseen_since"].is_null()).collect();
        assert_eq!(seen, [false, true, true, true, true]);
    }

    async fn a_version_that_does_not_exist_is_not_seen(database: TestDatabase) {
        let office = Office::open(database).await;
        let sitting = office.sitting(&office.published_exam(1).await).await;
        let candidate = office.enrol(&sitting, 1).await.remove(0);
        office.start(&candidate).await;
        let body = json!({ "minutes": 5, "reason": "x" });
        office.post(&office.officer, of(&sitting, &candidate, "extra-time"), &body).await.expect(200);
        see(&office, &candidate, 1, &json!(1_000_000)).await;
        assert_eq!(row(&office, &sitting).await, (in_minutes(&office, 0), Value::Null));
    }
}
