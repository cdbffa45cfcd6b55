//! No process could take answers in for a while: it was measured, and those who were working get the time back.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that can't go on must stop"
)]

mod kit;
mod office;

use authz::{Grant, Role, UnitPath};
use exam_service::{app::close_attempt::close_due_attempts, domain::attempt::AttemptState};
use foundation::{Clock as _, Id, Span, SystemRandom};
use kit::{Candidate, Hall};
use office::{Office, errors, in_minutes, text};
use serde_json::{Value, json};
use test_kit::TestDatabase;

const SECOND: Span = Span::from_seconds(1);

/// The server is there for so many seconds, and says so.
async fn alive(hall: &Hall, seconds: i64) {
    for _ in 0..seconds {
        hall.service.writer.beat().await.unwrap();
        hall.clock().advance(SECOND);
    }
    hall.service.writer.beat().await.unwrap();
}

/// So many minutes later another process begins.
async fn restarted_after(hall: &Hall, minutes: i64) -> Hall {
    hall.clock().advance(Span::from_minutes(minutes));
    let again = hall.another_process().await;
    again.service.writer.beat().await.unwrap();
    again
}

fn token(hall: &Hall, role: Role) -> String {
    let grants = vec![Grant { role, unit: UnitPath::institution() }];
    hall.people().token(Id::new(hall.clock(), &SystemRandom), grants)
}

async fn get(hall: &Hall, role: Role, path: &str) -> Value {
    hall.stage.get(format!("/api/v1/exams{path}")).token(&token(hall, role)).send().await.expect(200)
}

/// How many acts of this kind are on record.
async fn acts(hall: &Hall, action: &str) -> usize {
    let listed = get(hall, Role::Admin, "/audit?limit=200").await;
    listed["items"].as_array().unwrap().iter().filter(|act| act["action"] == action).count()
}

async fn outages(hall: &Hall) -> Vec<Value> {
    let listed = get(hall, Role::Invigilator, &format!("/sittings/{}/outages", hall.sitting.id)).await;
    listed["outages"].as_array().unwrap().clone()
}

/// Stops clocks, or lets them run: an attempt's, or all of the sitting.
async fn pause(hall: &Hall, candidate: Option<&Candidate>, what: &str) {
    let of = candidate.map_or_else(String::new, |candidate| format!("/attempts/{}", candidate.attempt));
    let path = format!("/api/v1/exams/sittings/{}{of}/{what}", hall.sitting.id);
    let body = if what == "pause" { json!({ "reason": "Fire alarm" }) } else { json!({}) };
    hall.stage.post(path, &body).token(&token(hall, Role::Officer)).send().await.expect(200);
}

/// How many seconds of working time are left.
async fn left(hall: &Hall, candidate: &Candidate) -> i64 {
    hall.row(candidate).await.deadline.unwrap().since(hall.clock().now()).as_seconds()
}

/// The sitting credits so many minutes of one outage.
async fn policy(hall: &Hall, minutes: u32) -> Value {
    let id = hall.sitting.id;
    let sitting = get(hall, Role::Officer, &format!("/sittings/{id}")).await;
    let mut body = json!({ "outage_credit_minutes_max": minutes });
    for field in ["version", "title", "time_zone", "opens_at", "entry_closes_at", "window_ends_at"] {
        body[field] = sitting[field].clone();
    }
    let path = format!("/api/v1/exams/sittings/{id}");
    hall.stage.put(path, &body).token(&token(hall, Role::Officer)).send().await.expect(200)
}

test_kit::on_both_databases! {
    async fn who_was_working_gets_the_time_back_and_sees_why(database: TestDatabase) {
        let hall = Hall::open(database).await;
        alive(&hall, 2).await;
        let (working, waiting) = (hall.seat_and_start().await, hall.seat().await);
        alive(&hall, 60).await;
        let before = left(&hall, &working).await;
        let down = hall.clock().now();
        let again = restarted_after(&hall, 3).await;

        assert_eq!(left(&again, &working).await, before);
        let seen = again.read(&working, "").await.expect(200);
        assert_eq!(
            seen["credits"],
            json!([{ "seconds": 180, "reason": "", "given_at": again.clock().now(), "outage": {
                "from": down, "until": again.clock().now(),
            } }])
        );
        assert_eq!((seen["paused_seconds"].as_i64(), &seen["told_version"]), (Some(0), &seen["version"]));
        let [outage] = outages(&again).await.try_into().unwrap();
        assert_eq!(
            (text(&outage["decision"]), outage["seconds"].as_i64(), outage["attempts"].as_i64()),
            ("credited", Some(180), Some(1))
        );
        // Who hasn't started has as long to come, and as long to write.
        let other = again.read(&waiting, "").await.expect(200);
        let entry_closes_at = again.sitting.times.entry_closes_at + Span::from_minutes(3);
        assert_eq!((&other["entry_closes_at"], &other["credits"]), (&json!(entry_closes_at), &json!([])));
        let ahead = entry_closes_at.since(again.clock().now());
        again.clock().step(ahead);
        again.open_on(&waiting, 1).await.expect(200);
        again.start(&waiting, 1).await.expect(200);
        assert_eq!(left(&again, &waiting).await, 90 * 60);

        // It is on record, once.
        assert_eq!(acts(&again, "outage.credited").await, 1);
        alive(&again, 3).await;
        let third = again.another_process().await;
        third.service.writer.beat().await.unwrap();
        assert_eq!(outages(&third).await.len(), 1);
    }

    async fn who_has_handed_in_is_not_told_of_time_that_was_given_later(database: TestDatabase) {
        let hall = Hall::open(database).await;
        alive(&hall, 2).await;
        let (early, working) = (hall.seat_and_start().await, hall.seat_and_start().await);
        alive(&hall, 10).await;
        let second = restarted_after(&hall, 3).await;
        second.submit(&early, 1).await.expect(200);
        alive(&second, 10).await;
        let third = restarted_after(&second, 4).await;
        let given = async |candidate| -> Vec<i64> {
            let seen = third.read(candidate, "").await.expect(200);
            seen["credits"].as_array().unwrap().iter().filter_map(|given| given["seconds"].as_i64()).collect()
        };
        assert_eq!(given(&working).await, [180, 240]);
        assert_eq!(given(&early).await, [180]);
    }

    async fn the_first_answer_after_an_outage_is_judged_by_the_time_that_was_given_back(database: TestDatabase) {
        let hall = Hall::open(database).await;
        alive(&hall, 2).await;
        let candidate = hall.seat_and_start().await;
        let over = hall.row(&candidate).await.closes_at.unwrap();
        let until = (over - SECOND).since(hall.clock().now());
        hall.clock().step(until);
        alive(&hall, 0).await;
        hall.clock().advance(Span::from_minutes(9));
        // The process begins, and an answer comes before any job has run.
        let again = hall.another_process().await;
        again.service.writer.heart().begin();
        assert!(!again.service.writer.heart().is_fresh());
        let saved = again.choose(&candidate, 1, 1, 0, "a").await.expect(200);
        assert_eq!(saved["receipts"][0]["status"], "taken");
        assert!(again.service.writer.heart().is_fresh());
        assert_eq!(close_due_attempts(&again.service, again.clock().now()).await.unwrap(), 0);
        assert_eq!(hall.row(&candidate).await.state, AttemptState::InProgress);
    }

    async fn what_was_over_before_it_stays_over(database: TestDatabase) {
        let hall = Hall::open(database).await;
        let (handed_in, closed) = (hall.seat_and_start().await, hall.seat_and_start().await);
        hall.submit(&handed_in, 1).await.expect(200);
        let closes_at = hall.row(&closed).await.closes_at.unwrap();
        hall.clock().set(closes_at + SECOND);
        alive(&hall, 0).await;
        let again = restarted_after(&hall, 3).await;
        assert_eq!(hall.row(&closed).await.closes_at, Some(closes_at));
        assert_eq!(close_due_attempts(&again.service, again.clock().now()).await.unwrap(), 1);
        assert_eq!(hall.row(&handed_in).await.state, AttemptState::Submitted);
        assert_eq!(again.choose(&closed, 1, 1, 0, "a").await.expect(200)["receipts"][0]["status"], "late");
        // Nobody was working and nobody could come: it concerned nobody.
        assert_eq!(outages(&again).await, Vec::<Value>::new());
    }

    async fn pauses_and_outages_that_overlap_give_no_time_twice(database: TestDatabase) {
        let hall = Hall::open(database).await;
        alive(&hall, 1).await;
        let (paused, working) = (hall.seat_and_start().await, hall.seat_and_start().await);
        alive(&hall, 10).await;
        let before = left(&hall, &working).await;
        pause(&hall, Some(&paused), "pause").await;
        alive(&hall, 30).await;
        let again = restarted_after(&hall, 4).await;
        // The one that stood has the time left that it had; nobody told it of anything.
        let seen = again.read(&paused, "").await.expect(200);
        assert_eq!((text(&seen["state"]), seen["credits"].clone()), ("paused", json!([])));
        assert_eq!(outages(&again).await[0]["attempts"], 1);
        again.clock().step(Span::from_minutes(2));
        pause(&again, Some(&paused), "resume").await;
        assert_eq!(left(&again, &paused).await, before);
        assert_eq!(left(&again, &working).await, before - 30 - 120);
        let seen = again.read(&paused, "").await.expect(200);
        assert_eq!((seen["paused_seconds"].as_i64(), &seen["credits"]), (Some(30 + 240 + 120), &json!([])));

        // The whole sitting stands when it happens: the pause gives all of it.
        alive(&again, 1).await;
        let (one, other) = (left(&again, &paused).await, left(&again, &working).await);
        pause(&again, None, "pause").await;
        let third = restarted_after(&again, 5).await;
        assert_eq!(outages(&third).await[0]["attempts"], 0);
        third.clock().advance(Span::from_minutes(1));
        pause(&third, None, "resume").await;
        assert_eq!((left(&third, &paused).await, left(&third, &working).await), (one, other));
        let window = get(&third, Role::Officer, &format!("/sittings/{}", hall.sitting.id)).await;
        let moved = Span::from_minutes(4 + 6);
        assert_eq!(window["window_ends_at"], json!(hall.sitting.times.window_ends_at + moved));
    }

    async fn as_long_as_one_replica_takes_answers_in_there_is_no_outage(database: TestDatabase) {
        let hall = Hall::open(database).await;
        let other = hall.another_process().await;
        alive(&hall, 1).await;
        let candidate = hall.seat_and_start().await;
        for _ in 0..100 {
            other.service.writer.beat().await.unwrap();
            hall.clock().advance(SECOND);
        }
        // The first one comes back, and the second one goes: ten seconds later neither is there for twenty.
        alive(&hall, 10).await;
        assert_eq!(outages(&hall).await, Vec::<Value>::new());
        hall.clock().advance(Span::from_seconds(20));
        other.service.writer.beat().await.unwrap();
        hall.service.writer.beat().await.unwrap();
        let seconds: Vec<Option<i64>> = outages(&hall).await.iter().map(|one| one["seconds"].as_i64()).collect();
        assert_eq!(seconds, [Some(20)]);
        assert_eq!(left(&hall, &candidate).await, 90 * 60 - 110);
        // A clock that is set makes none, nor does a short stall.
        hall.clock().step(Span::from_minutes(10));
        hall.service.writer.beat().await.unwrap();
        hall.clock().advance(Span::from_seconds(5));
        hall.service.writer.beat().await.unwrap();
        assert_eq!(outages(&hall).await.len(), 1);
    }

    async fn the_sitting_says_how_much_of_an_outage_it_credits(database: TestDatabase) {
        let hall = Hall::open(database).await;
        alive(&hall, 1).await;
        let candidate = hall.seat_and_start().await;
        let deadline = hall.row(&candidate).await.deadline;
        assert_eq!(policy(&hall, 0).await["outage_credit_minutes_max"], 0);
        let again = restarted_after(&hall, 2).await;
        assert_eq!(text(&outages(&again).await[0]["decision"]), "off");
        policy(&again, 5).await;
        // A laptop that was shut for hours while somebody's attempt ran: a person has to look at it.
        let again = restarted_after(&again, 60).await;
        let decisions: Vec<Value> = outages(&again).await.iter().map(|one| one["decision"].clone()).collect();
        assert_eq!(decisions, ["too_long", "off"]);
        assert_eq!(hall.row(&candidate).await.deadline, deadline);
        assert_eq!(acts(&again, "outage.not_credited").await, 2);
    }

    async fn what_the_sitting_does_not_give_back_by_itself_a_person_gives_back_at_a_press(database: TestDatabase) {
        let hall = Hall::open(database).await;
        policy(&hall, 5).await;
        alive(&hall, 1).await;
        let (working, done, late) =
            (hall.seat_and_start().await, hall.seat_and_start().await, hall.seat().await);
        hall.submit(&done, 1).await.expect(200);
        let before = left(&hall, &working).await;
        let again = restarted_after(&hall, 20).await;
        again.open_on(&late, 1).await.expect(200);
        again.start(&late, 1).await.expect(200);
        let outage = outages(&again).await.remove(0);
        assert_eq!((text(&outage["decision"]), left(&again, &working).await), ("too_long", before - 20 * 60));
        let untouched = (again.row(&done).await, left(&again, &late).await);
        // Time runs out for who was working, and closes the attempt, before somebody looks.
        again.clock().step(Span::from_seconds(before - 20 * 60 + 60));
        close_due_attempts(&again.service, again.clock().now()).await.unwrap();
        assert_eq!(again.row(&working).await.state, AttemptState::Submitted);

        let path = format!("/api/v1/exams/sittings/{}/outages/{}/credit", again.sitting.id, text(&outage["id"]));
        let press = |role| {
            let body = json!({ "reason": "The switch in hall 2 had died" });
            again.stage.post(path.clone(), &body).token(&token(&again, role)).send()
        };
        assert_eq!(press(Role::Author).await.status.as_u16(), 403);
        for _ in 0..2 {
            let credited = press(Role::Invigilator).await.expect(200);
            assert_eq!((text(&credited["decision"]), &credited["attempts"]), ("credited", &json!(1)));
        }
        assert_eq!(acts(&again, "outage.credited").await, 1);
        let row = again.row(&working).await;
        assert_eq!((row.state, row.ended_at), (AttemptState::InProgress, None));
        assert_eq!(left(&again, &working).await, 20 * 60 - 60);
        // Who had handed in, and who started behind it, lost nothing and gets nothing.
        let done = again.row(&done).await;
        assert_eq!((done.state, done.deadline), (untouched.0.state, untouched.0.deadline));
        assert_eq!(left(&again, &late).await, untouched.1 - (before - 20 * 60 + 60));
        let elsewhere = path.replace(text(&outage["id"]), "01890000-0000-7000-8000-000000000000");
        let unknown = again.stage.post(elsewhere, &json!({ "reason": "x" })).token(&token(&again, Role::Officer));
        assert_eq!(unknown.send().await.problem(404), "exam.outage_not_found");
    }

    async fn a_server_that_nobody_uses_may_sleep(database: TestDatabase) {
        let office = Office::open(database).await;
        office.service.writer.beat().await.unwrap();
        let exam = office.published_exam(1).await;
        let mut body = office.sitting_body(&exam);
        body["outage_credit_minutes_max"] = json!(601);
        assert_eq!(errors(&office.post(&office.officer, "/sittings", &body).await), ["outage_credit_minutes_max out_of_range"]);
        let sitting = office.sitting(&exam).await;
        assert_eq!(sitting["outage_credit_minutes_max"], 60);
        let path = format!("/sittings/{}/outages", text(&sitting["id"]));
        office.clock().advance(Span::from_minutes(9));
        office.service.writer.beat().await.unwrap();
        // A sitting is open, and nobody is on its roster.
        assert_eq!(office.get(&office.officer, &path).await.expect(200), json!({ "outages": [] }));
        let next = office.sitting(&exam).await;
        office.enrol(&next, 1).await;
        office.clock().advance(Span::from_minutes(14 * 60));
        office.service.writer.beat().await.unwrap();
        let path = format!("/sittings/{}", text(&next["id"]));
        let after = office.get(&office.officer, &path).await.expect(200);
        assert_eq!(after["window_ends_at"], in_minutes(&office, 120 - 14 * 60));
    }
}
