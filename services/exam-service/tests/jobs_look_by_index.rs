//! What a job asks of attempts each second costs what there is to do, not what there is.

#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test that can't go on must stop")]

mod kit;

use exam_service::app::{
    close_attempt::close_due_attempts, hand_over::hand_over, mark_attempt::mark_due_attempts,
};
use kit::Hall;
use sqlx::{AssertSqlSafe, Row as _};
use test_kit::{Statements, TestDatabase};

/// How SQLite goes about a statement, step by step. PostgreSQL decides by what it has counted, which in a test is nothing.
async fn plan(hall: &Hall, statement: &str) -> Vec<String> {
    let mut conn = hall.service.db.read().await.unwrap();
    let explain = format!("EXPLAIN QUERY PLAN {statement}");
    db::on!(
        &mut conn,
        sqlite c => {
            let steps = sqlx::query(AssertSqlSafe(explain)).fetch_all(c).await.unwrap();
            steps.iter().map(|step| step.get(3)).collect()
        },
        postgres _c => Vec::new()
    )
}

/// Whether a step looks at those attempts alone with which there is something to do.
fn is_of_what_waits(step: &str) -> bool {
    let searched = ["attempts_running", "attempts_to_mark", "attempts_waiting"];
    // An index that has nothing else may be looked at from one end to the other.
    step == "SCAN exam.attempts USING INDEX attempts_to_hand_over"
        || searched
            .iter()
            .any(|index| step.starts_with(&format!("SEARCH exam.attempts USING INDEX {index} (")))
}

#[test]
fn a_job_that_runs_each_second_looks_at_no_attempt_with_which_there_is_nothing_to_do() {
    let statements = Statements::hear();
    test_kit::run(async {
        let hall = Hall::open(TestDatabase::sqlite()).await;
        statements.take();
        let now = hall.service.clock.now();
        close_due_attempts(&hall.service, now).await.unwrap();
        mark_due_attempts(&hall.service, now).await.unwrap();
        hand_over(&hall.service).await.unwrap();
        let mut of_attempts = 0;
        // What opens a connection is heard, too.
        for statement in statements.take_whole().iter().filter(|one| one.starts_with("SELECT")) {
            let steps = plan(&hall, statement).await;
            let of_statement: Vec<&String> =
                steps.iter().filter(|step| step.contains("exam.attempts")).collect();
            of_attempts += of_statement.len();
            assert!(of_statement.iter().all(|step| is_of_what_waits(step)), "{statement}\n{steps:#?}");
        }
        assert_eq!(of_attempts, 4, "one statement for each that waits");
    });
}
