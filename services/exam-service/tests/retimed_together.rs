//! What new times of a hall cost: while they are written nobody there can save, so everybody's are written at once.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that can't go on must stop"
)]

mod office;

use office::{Office, text};
use serde_json::{Value, json};
use test_kit::{Statements, TestDatabase};

/// Statements that an officer's last of these acts takes on a sitting in which `many` are working. What is read once is read by the
/// first.
async fn of_last(
    acts: &[(&str, Value)],
    many: usize,
    statements: &Statements,
    database: TestDatabase,
) -> Vec<String> {
    let office = Office::open(database).await;
    let sitting = office.sitting(&office.published_exam(1).await).await;
    for candidate in office.enrol(&sitting, many).await {
        office.start(&candidate).await;
    }
    for (act, body) in acts {
        statements.take();
        let path = format!("/sittings/{}/{act}", text(&sitting["id"]));
        let done = office.post(&office.officer, &path, body).await.expect(200);
        assert!(done.get("changed").is_none_or(|changed| *changed == json!(many)), "{done}");
    }
    let taken = statements.take();
    let live = office.live(&sitting, "").await;
    assert_eq!(live["counts"]["in_progress"], many);
    taken
}

async fn as_many_for_a_hall_as_for_one(acts: &[(&str, Value)], statements: &Statements) {
    let for_one = of_last(acts, 1, statements, TestDatabase::sqlite()).await;
    assert_eq!(of_last(acts, 40, statements, TestDatabase::sqlite()).await, for_one);
    let (Some(one), Some(other)) = (TestDatabase::postgres().await, TestDatabase::postgres().await) else {
        return;
    };
    let for_one = of_last(acts, 1, statements, one).await;
    assert_eq!(of_last(acts, 40, statements, other).await, for_one);
}

#[test]
fn more_time_for_a_hall_takes_as_many_statements_as_for_one_and_so_does_the_end_of_its_pause() {
    let statements = Statements::hear();
    let more = ("extra-time", json!({ "minutes": 5, "reason": "The lights went out." }));
    let pause = ("pause", json!({ "reason": "The lights went out." }));
    let resume = ("resume", json!({}));
    test_kit::run(async {
        as_many_for_a_hall_as_for_one(&[more.clone(), more], &statements).await;
        as_many_for_a_hall_as_for_one(&[pause.clone(), resume.clone(), pause, resume], &statements).await;
    });
}
