//! Sections without a way back, on either database: the server holds what the player shows.

#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test that can't go on must stop")]

mod kit;

use authz::Role;
use exam_api::Navigation;
use exam_service::{
    app::{close_attempt::close_due_attempts, mark_attempt::mark_due_attempts},
    domain::paper::Paper,
    store,
};
use foundation::{Clock as _, Points, Span};
use kit::{Candidate, Hall};
use serde_json::{Value, json};
use test_kit::TestDatabase;

/// Three questions in a section without a way back, in an order of the candidate's own.
fn one_way(paper: &mut Paper) {
    paper.sections[0].navigation = Navigation::ForwardOnly;
}

/// Two of the questions in one such section, the third in another.
fn two_sections(paper: &mut Paper) {
    one_way(paper);
    let mut section = paper.sections[0].clone();
    section.questions = paper.sections[0].questions.split_off(2);
    paper.sections.push(section);
}

/// The questions of the paper, as the hall counts them, in the order in which the candidate has them.
async fn order(hall: &Hall, candidate: &Candidate) -> Vec<usize> {
    let paper = hall.read(candidate, "/paper").await.expect(200);
    let place = |shown: &Value| {
        let mut questions = hall.questions.iter();
        questions.position(|question| shown["id"] == question.to_string()).expect("a question of the paper")
    };
    paper["questions"].as_array().expect("questions").iter().map(place).collect()
}

async fn answer(hall: &Hall, candidate: &Candidate, seq: i64, question: usize, choice: &str) {
    let saved = hall.choose(candidate, 1, seq, question, choice).await.expect(200);
    assert_eq!(saved["receipts"][0]["status"], "taken");
}

fn is_answer(held: &Value) -> bool {
    held["standing"] == "counts" || held["standing"] == "admitted"
}

/// The places of the answers that the candidate would resume with.
async fn held(hall: &Hall, candidate: &Candidate) -> Vec<i64> {
    let held = hall.read(candidate, "/responses").await.expect(200);
    let held = held["responses"].as_array().expect("responses");
    let count = held.iter().filter(|answer| is_answer(answer));
    let mut seqs: Vec<i64> = count.map(|answer| answer["seq"].as_i64().expect("a place")).collect();
    seqs.sort_unstable();
    seqs
}

/// What else is held for who resumes: the place and the standing of each entry that doesn't count.
async fn set_aside(hall: &Hall, candidate: &Candidate) -> Vec<(i64, String)> {
    let held = hall.read(candidate, "/responses").await.expect(200);
    let held = held["responses"].as_array().expect("responses");
    let mut aside: Vec<(i64, String)> = held
        .iter()
        .filter(|answer| !is_answer(answer))
        .map(|answer| (answer["seq"].as_i64().unwrap(), answer["standing"].as_str().unwrap().to_owned()))
        .collect();
    aside.sort_unstable();
    aside
}

async fn hand_in_and_mark(hall: &Hall, candidate: &Candidate) -> Option<Points> {
    hall.submit(candidate, 1).await.expect(200);
    mark_due_attempts(&hall.service, hall.clock().now()).await.expect("marked");
    hall.row(candidate).await.score
}

test_kit::on_both_databases! {
    async fn an_answer_to_a_question_that_was_left_behind_counts_only_once_it_is_admitted(database: TestDatabase) {
        let hall = Hall::open_with(database, one_way).await;
        let candidate = hall.seat_and_start().await;
        let order = order(&hall, &candidate).await;
        answer(&hall, &candidate, 1, order[0], "b").await;
        answer(&hall, &candidate, 2, order[1], "b").await;
        answer(&hall, &candidate, 3, order[0], "a").await;
        answer(&hall, &candidate, 4, order[1], "a").await;
        assert_eq!(held(&hall, &candidate).await, [1, 4], "the furthest question may be answered again");
        assert_eq!(hand_in_and_mark(&hall, &candidate).await, Some(Points::ONE));

        let officer = hall.people().with_role(Role::Officer).1;
        let sitting = format!("/api/v1/exams/sittings/{}/attempts", hall.sitting.id);
        let live = async |query: &str| {
            let path = format!("{sitting}{query}");
            hall.stage.get(path).token(&officer).send().await.expect(200)
        };
        let seen = live("?late=true").await;
        assert_eq!((&seen["items"][0]["passed_over_entries"], &seen["items"][0]["late_entries"]), (&json!(1), &json!(0)));
        assert_eq!((&seen["counts"]["with_passed_over_entries"], &seen["counts"]["with_late_entries"]), (&json!(1), &json!(0)));

        let entries = format!("{sitting}/{}/late-entries", candidate.attempt);
        let listed = async || hall.stage.get(&entries).token(&officer).send().await.expect(200)["entries"].clone();
        let list = listed().await;
        assert_eq!((list.as_array().unwrap().len(), &list[0]["seq"], &list[0]["reason"], &list[0]["late_by_seconds"]),
            (1, &json!(3), &json!("passed_over"), &Value::Null));
        let reason = json!({ "reason": "the device lost its place" });
        let admit = async || hall.stage.post(format!("{entries}/admit"), &reason).token(&officer).send().await;
        assert_eq!(admit().await.expect(200)["admitted"], 1);
        assert_eq!(admit().await.problem(409), "exam.nothing_late");
        assert!(listed().await[0]["admitted_at"].is_string());
        let row = hall.row(&candidate).await;
        assert_eq!((row.score, row.passed_over), (Some(Points::whole(2)), 0));
        assert_eq!(live("").await["counts"]["with_passed_over_entries"], 0);
        assert_eq!(held(&hall, &candidate).await, [3, 4]);
    }

    async fn late_and_passed_over_entries_stand_in_one_list_and_are_admitted_together(database: TestDatabase) {
        let hall = Hall::open_with(database, one_way).await;
        let candidate = hall.seat_and_start().await;
        let order = order(&hall, &candidate).await;
        answer(&hall, &candidate, 1, order[1], "a").await;
        answer(&hall, &candidate, 2, order[0], "a").await;
        hall.submit(&candidate, 1).await.expect(200);
        let late = hall.choose(&candidate, 1, 3, order[2], "a").await.expect(200);
        assert_eq!(late["receipts"][0]["status"], "late");
        mark_due_attempts(&hall.service, hall.clock().now()).await.unwrap();
        assert_eq!(hall.row(&candidate).await.score, Some(Points::ONE));

        let officer = hall.people().with_role(Role::Officer).1;
        let path = format!("/api/v1/exams/sittings/{}/attempts/{}/late-entries", hall.sitting.id, candidate.attempt);
        let list = hall.stage.get(&path).token(&officer).send().await.expect(200);
        let reasons: Vec<_> = list["entries"].as_array().unwrap().iter().map(|entry| entry["reason"].as_str().unwrap()).collect();
        assert_eq!(reasons, ["passed_over", "late"]);
        let admit = hall.stage.post(format!("{path}/admit"), &json!({ "reason": "fire alarm" })).token(&officer).send().await;
        assert_eq!(admit.expect(200)["admitted"], 2);
        assert_eq!(hall.row(&candidate).await.score, Some(Points::whole(3)));
    }

    async fn who_resumes_is_told_of_what_is_held_and_does_not_count(database: TestDatabase) {
        let hall = Hall::open_with(database, one_way).await;
        let candidate = hall.seat_and_start().await;
        let order = order(&hall, &candidate).await;
        answer(&hall, &candidate, 1, order[0], "b").await;
        answer(&hall, &candidate, 2, order[2], "a").await;
        assert_eq!(set_aside(&hall, &candidate).await, []);
        for (seq, question) in [(3, order[0]), (4, order[0]), (5, order[1]), (6, order[2])] {
            answer(&hall, &candidate, seq, question, "a").await;
        }
        assert_eq!(held(&hall, &candidate).await, [1, 6]);
        let passed_over = |seq: i64| (seq, "passed_over".to_owned());
        assert_eq!(set_aside(&hall, &candidate).await, [passed_over(4), passed_over(5)]);

        hall.submit(&candidate, 1).await.expect(200);
        let late = hall.choose(&candidate, 1, 7, order[2], "b").await.expect(200);
        assert_eq!(late["receipts"][0]["status"], "late");
        assert_eq!(held(&hall, &candidate).await, [1, 6]);
        assert_eq!(set_aside(&hall, &candidate).await, [passed_over(4), passed_over(5), (7, "late".to_owned())]);

        let officer = hall.people().with_role(Role::Officer).1;
        let path = format!("/api/v1/exams/sittings/{}/attempts/{}/late-entries/admit", hall.sitting.id, candidate.attempt);
        hall.stage.post(&path, &json!({ "reason": "fire alarm" })).token(&officer).send().await.expect(200);
        assert_eq!((held(&hall, &candidate).await, set_aside(&hall, &candidate).await), (vec![4, 5, 7], vec![]));
    }

    async fn sections_are_apart(database: TestDatabase) {
        let hall = Hall::open_with(database, two_sections).await;
        let candidate = hall.seat_and_start().await;
        let order = order(&hall, &candidate).await;
        for (seq, question) in (1..).zip([order[2], order[0], order[2], order[1], order[2], order[0]]) {
            answer(&hall, &candidate, seq, question, "a").await;
        }
        assert_eq!(held(&hall, &candidate).await, [2, 4, 5]);
        assert_eq!(hand_in_and_mark(&hall, &candidate).await, Some(Points::whole(3)));
        assert_eq!(hall.row(&candidate).await.passed_over, 1);
    }

    async fn the_order_of_writing_decides_and_not_that_of_arrival(database: TestDatabase) {
        let hall = Hall::open_with(database, one_way).await;
        let candidate = hall.seat_and_start().await;
        let order = order(&hall, &candidate).await;
        answer(&hall, &candidate, 3, order[0], "a").await;
        answer(&hall, &candidate, 1, order[0], "b").await;
        assert_eq!(held(&hall, &candidate).await, [3]);
        let closes_at = hall.row(&candidate).await.closes_at.unwrap();
        hall.clock().set(closes_at);
        let later = closes_at + Span::from_seconds(1);
        close_due_attempts(&hall.service, later).await.unwrap();
        mark_due_attempts(&hall.service, later).await.unwrap();
        assert_eq!(hall.row(&candidate).await.score, Some(Points::ONE));

        // Written between the two, in time, and heard of when the attempt was marked already.
        answer(&hall, &candidate, 2, order[1], "b").await;
        assert_eq!(held(&hall, &candidate).await, [1, 2]);
        assert_eq!(mark_due_attempts(&hall.service, later).await.unwrap(), 1);
        let row = hall.row(&candidate).await;
        assert_eq!((row.score, row.passed_over), (Some(Points::ZERO), 1));
        let mut conn = hall.service.db.read().await.unwrap();
        let counted = store::results::responses(&mut conn, candidate.attempt).await.unwrap();
        assert_eq!(counted.len(), 2);
    }

    async fn where_one_may_go_back_nothing_is_passed_over(database: TestDatabase) {
        let hall = Hall::open(database).await;
        let candidate = hall.seat_and_start().await;
        let order = order(&hall, &candidate).await;
        for (seq, question) in (1..).zip([order[2], order[1], order[0]]) {
            answer(&hall, &candidate, seq, question, "a").await;
        }
        assert_eq!(hand_in_and_mark(&hall, &candidate).await, Some(Points::whole(3)));
        assert_eq!(hall.row(&candidate).await.passed_over, 0);
    }
}
