//! Something happens in a room: those whom it disturbed get their time back, and see why.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that can't go on must stop"
)]

mod office;

use authz::Role;
use foundation::Span;
use office::{Office, errors, in_minutes, text};
use serde_json::{Value, json};
use test_kit::TestDatabase;

const ROSTER: &str = "number,name,room\nA1,Ada,Room 12\nA2,Ben,Room 12\nA3,Cai,Room 12\nA4,Dee,Hall\n";

fn path(sitting: &Value, rest: &str) -> String {
    format!("/sittings/{}{rest}", text(&sitting["id"]))
}

test_kit::on_both_databases! {
    async fn failure_26_an_incident_credits_those_of_its_room_who_are_working(database: TestDatabase) {
        let office = Office::open(database).await;
        let sitting = office.sitting(&office.published_exam(1).await).await;
        office.import(&sitting, "", ROSTER).await.expect(200);
        let candidates = office.candidates(&sitting).await;
        for candidate in &candidates[..2] {
            office.start(candidate).await;
        }
        office.start(&candidates[3]).await;
        office.hand_in(&candidates[1]).await;
        office.clock().advance(Span::from_minutes(10));

        let body = json!({ "room": "Room 12", "minutes": 7, "reason": "Fire alarm" });
        let invigilator = office.clerk(Role::Invigilator);
        let incident = office.post(&invigilator, path(&sitting, "/incidents"), &body).await.expect(201);
        // One has handed in, one hasn't started: neither lost anything.
        assert_eq!((incident["attempts"].as_i64(), text(&incident["room"])), (Some(1), "Room 12"));
        let deadline = async |who: usize| office.seen_by(&candidates[who]).await["deadline"].clone();
        assert_eq!(deadline(0).await, in_minutes(&office, 87));
        assert_eq!(deadline(3).await, in_minutes(&office, 80));
        let seen = office.seen_by(&candidates[0]).await;
        assert_eq!(
            (seen["duration_seconds"].as_i64(), seen["accommodation_seconds"].as_i64(), seen["extra_seconds"].as_i64()),
            (Some(5_400), Some(0), Some(420))
        );
        assert_eq!(seen["credits"], json!([{ "seconds": 420, "reason": "Fire alarm", "given_at": in_minutes(&office, 0), "outage": null }]));
        assert_eq!(office.seen_by(&candidates[2]).await["credits"], json!([]));

        // A room that isn't there, or where nobody works; and never less than a minute.
        let report = async |body: Value| office.post(&office.officer, path(&sitting, "/incidents"), &body).await;
        let nobody = report(json!({ "room": "Room 13", "minutes": 7, "reason": "x" })).await;
        assert_eq!(nobody.problem(409), "exam.nobody_in_room");
        assert_eq!(errors(&report(json!({ "minutes": -1, "reason": "x" })).await), ["minutes out_of_range"]);
        office.clock().advance(Span::from_minutes(1));
        let all = report(json!({ "minutes": 3, "reason": "Noise" })).await.expect(201);
        assert_eq!((all["attempts"].as_i64(), all["room"].clone()), (Some(2), Value::Null));
        assert_eq!(deadline(3).await, in_minutes(&office, 82));
        let listed = office.get(&office.officer, path(&sitting, "/incidents")).await.expect(200);
        let reasons: Vec<&str> = listed["incidents"].as_array().unwrap().iter().map(|one| text(&one["reason"])).collect();
        assert_eq!(reasons, ["Noise", "Fire alarm"]);
        let acts = office.get(&office.clerk(Role::Admin), "/audit").await.expect(200);
        let reported = acts["items"].as_array().unwrap().iter().filter(|act| act["action"] == "incident.reported");
        assert_eq!(reported.count(), 2);
    }

    async fn rooms_come_with_the_roster_and_narrow_the_live_list(database: TestDatabase) {
        let office = Office::open(database).await;
        let sitting = office.sitting(&office.published_exam(1).await).await;
        office.import(&sitting, "", ROSTER).await.expect(200);
        let live = office.live(&sitting, "?room=Room%2012").await;
        let numbers: Vec<&str> = live["items"].as_array().unwrap().iter().map(|item| text(&item["candidate_number"])).collect();
        assert_eq!((numbers, live["rooms"].clone()), (vec!["A1", "A2", "A3"], json!(["Hall", "Room 12"])));
        // A roster without the column leaves everybody where they sit; one that names another room moves them.
        office.import(&sitting, "", "number,name\nA1,Ada\n").await.expect(200);
        let moved = "number,name,room\nA1,Ada,Hall\nA2,Ben,\n";
        let trial = office.import(&sitting, "?dry_run=true", moved).await.expect(200);
        assert_eq!(trial["rooms_changed"], 1);
        assert_eq!(office.import(&sitting, "", moved).await.expect(200)["rooms_changed"], 1);
        let rooms: Vec<String> = office.roster(&sitting).await.iter().map(|entry| text(&entry["room"]).to_owned()).collect();
        assert_eq!(rooms, ["Hall", "Room 12", "Room 12", "Hall"]);
    }
}
