//! Sections that have a time limit of their own, on either database.

#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test that can't go on must stop")]

mod kit;

use exam_service::{
    app::mark_attempt::mark_due_attempts,
    domain::{paper::Paper, time::ExtraTime},
};
use foundation::{Clock as _, Points, Span};
use kit::{Candidate, Hall};
use serde_json::{Value, json};
use test_kit::{Answer, TestDatabase};

/// One question in a section without a limit, two in one of 20 minutes.
fn second_section_of_20_minutes(paper: &mut Paper) {
    let mut section = paper.sections[0].clone();
    section.questions = paper.sections[0].questions.split_off(1);
    section.time_limit_minutes = Some(20);
    paper.sections.push(section);
}

async fn hall(database: TestDatabase) -> Hall {
    Hall::open_with(database, second_section_of_20_minutes).await
}

async fn enter(hall: &Hall, candidate: &Candidate, section: u32, lease_no: i64) -> Answer {
    let path = Hall::path(candidate, &format!("/sections/{section}/enter"));
    hall.stage.post(path, &json!({ "lease_no": lease_no })).ticket(&candidate.ticket).send().await
}

async fn status(hall: &Hall, candidate: &Candidate, seq: i64, question: usize) -> String {
    let saved = hall.choose(candidate, 1, seq, question, "a").await.expect(200);
    saved["receipts"][0]["status"].as_str().expect("a status").to_owned()
}

async fn times(hall: &Hall, candidate: &Candidate) -> Value {
    hall.read(candidate, "").await.expect(200)["sections"].clone()
}

test_kit::on_both_databases! {
    async fn a_sections_own_time_runs_from_when_it_was_entered_by_the_servers_clock(database: TestDatabase) {
        let hall = hall(database).await;
        let candidate = hall.seat_and_start().await;
        assert_eq!(times(&hall, &candidate).await, json!([]));
        hall.clock().advance(Span::from_minutes(10));
        let entered = enter(&hall, &candidate, 1, 1).await.expect(200);
        let time = json!({
            "section": 1, "entered_at": "2026-01-05T08:10:00.000000Z", "ends_at": "2026-01-05T08:30:00.000000Z",
        });
        assert_eq!(entered["attempt"]["sections"], json!([time]));
        hall.clock().advance(Span::from_minutes(20));
        assert_eq!(enter(&hall, &candidate, 1, 1).await.expect(200)["attempt"]["sections"], json!([time]));
        assert_eq!(status(&hall, &candidate, 1, 1).await, "taken");
        hall.clock().advance(hall.sitting.times.grace);
        assert_eq!(status(&hall, &candidate, 2, 1).await, "taken", "the last microsecond of grace");
        hall.clock().advance(Span::from_micros(1));
        assert_eq!(status(&hall, &candidate, 3, 1).await, "late");
        assert_eq!(status(&hall, &candidate, 4, 0).await, "taken", "the other section goes on");
        assert_eq!(times(&hall, &candidate).await, json!([time]), "another device would know it too");

        // The first answer again, as after a lost reply: it is what it was.
        assert_eq!(status(&hall, &candidate, 1, 1).await, "taken");
        hall.submit(&candidate, 1).await.expect(200);
        mark_due_attempts(&hall.service, hall.clock().now()).await.unwrap();
        assert_eq!(hall.row(&candidate).await.score, Some(Points::whole(2)));
    }

    async fn who_answers_in_a_section_has_entered_it(database: TestDatabase) {
        let hall = hall(database).await;
        let candidate = hall.seat_and_start().await;
        assert_eq!(status(&hall, &candidate, 1, 2).await, "taken");
        hall.clock().advance(Span::from_minutes(21));
        assert_eq!(status(&hall, &candidate, 2, 1).await, "late");
        assert_eq!(times(&hall, &candidate).await[0]["entered_at"], "2026-01-05T08:00:00.000000Z");
    }

    async fn extra_time_lengthens_a_section(database: TestDatabase) {
        let hall = hall(database).await;
        let slow = ExtraTime { percent: 50, ..ExtraTime::default() };
        let candidate = hall.seat_with(slow).await;
        hall.open_on(&candidate, 1).await.expect(200);
        hall.start(&candidate, 1).await.expect(200);
        let entered = enter(&hall, &candidate, 1, 1).await.expect(200);
        assert_eq!(entered["attempt"]["sections"][0]["ends_at"], "2026-01-05T08:30:00.000000Z");
        let path = format!("/api/v1/exams/sittings/{}/extra-time", hall.sitting.id);
        let (_, invigilator) = hall.people().with_role(authz::Role::Invigilator);
        let body = json!({ "minutes": 5, "reason": "fire alarm" });
        hall.stage.post(path, &body).token(&invigilator).send().await.expect(200);
        assert_eq!(times(&hall, &candidate).await[0]["ends_at"], "2026-01-05T08:35:00.000000Z");
        hall.clock().advance(Span::from_minutes(35));
        assert_eq!(status(&hall, &candidate, 1, 1).await, "taken");
        hall.clock().advance(Span::from_minutes(1));
        assert_eq!(status(&hall, &candidate, 2, 1).await, "late");
    }

    async fn a_section_is_entered_by_the_lease_that_writes_in_an_attempt_that_runs(database: TestDatabase) {
        let hall = hall(database).await;
        let candidate = hall.seat().await;
        hall.open_on(&candidate, 1).await.expect(200);
        assert_eq!(enter(&hall, &candidate, 1, 1).await.problem(409), "exam.not_started");
        hall.start(&candidate, 1).await.expect(200);
        hall.take_over_on(&candidate, 2).await.expect(200);
        assert_eq!(enter(&hall, &candidate, 1, 1).await.problem(409), "exam.lease_stale");
        assert_eq!(enter(&hall, &candidate, 2, 2).await.problem(404), "exam.section_not_found");
        let untimed = enter(&hall, &candidate, 0, 2).await.expect(200);
        assert_eq!(untimed["attempt"]["sections"], json!([]));
        hall.clock().advance(Span::from_minutes(24 * 60));
        let over = enter(&hall, &candidate, 1, 2).await.expect(200);
        assert_eq!((over["attempt"]["closed"].as_bool(), &over["attempt"]["sections"]), (Some(true), &json!([])));
    }
}
