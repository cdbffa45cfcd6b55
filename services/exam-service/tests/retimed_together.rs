//! What new times of a hall cost: while they are written nobody there can save, so everybody's are written at once.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that can't go on must stop"
)]

mod office;

use office::{Office, text};
use serde_json::json;
use test_kit::{Statements, TestDatabase};

/// The statements that more time for a sitting takes in which `many` are working.
async fn of_time_for(many: usize, statements: &Statements, database: TestDatabase) -> Vec<String> {
    let office = Office::open(database).await;
    let sitting = office.sitting(&office.published_exam(1).await).await;
    for candidate in office.enrol(&sitting, many).await {
        office.start(&candidate).await;
    }
    let path = format!("/sittings/{}/extra-time", text(&sitting["id"]));
    let body = json!({ "minutes": 5, "reason": "The lights went out." });
    // The first time everything is read that is read once.
    office.post(&office.officer, &path, &body).await.expect(200);
    statements.take();
    let given = office.post(&office.officer, &path, &body).await.expect(200);
    assert_eq!(given["changed"], many);
    statements.take()
}

#[test]
fn more_time_for_a_hall_takes_as_many_statements_as_for_one() {
    let statements = Statements::hear();
    test_kit::run(async {
        let for_one = of_time_for(1, &statements, TestDatabase::sqlite()).await;
        assert_eq!(of_time_for(40, &statements, TestDatabase::sqlite()).await, for_one);
        let (Some(one), Some(other)) = (TestDatabase::postgres().await, TestDatabase::postgres().await)
        else {
            return;
        };
        let for_one = of_time_for(1, &statements, one).await;
        assert_eq!(of_time_for(40, &statements, other).await, for_one);
    });
}
