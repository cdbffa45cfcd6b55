//! Saves decide by what an attempt's version says: the rule that every journey is sat under does hold.

#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test that can't go on must stop")]

mod kit;

use exam_service::store::attempts::LOCKED_COLUMNS;
use kit::Hall;
use sqlx::AssertSqlSafe;
use test_kit::TestDatabase;

/// Whether the database takes a change of the attempt.
async fn takes(hall: &Hall, change: &str) -> bool {
    let mut tx = hall.service.db.begin().await.unwrap();
    let sql = format!("UPDATE exam.attempts SET {change}");
    let done = db::on!(&mut *tx, c => sqlx::query(AssertSqlSafe(sql)).execute(c).await.map(|done| done.rows_affected()));
    done.is_ok_and(|rows| rows == 1)
}

test_kit::on_both_databases! {
    async fn no_change_that_saves_decide_by_passes_without_a_new_version(database: TestDatabase) {
        let hall = Hall::open(database).await;
        hall.seat_and_start().await;
        let decide = LOCKED_COLUMNS.split(',').map(str::trim);
        for column in decide.filter(|column| !["id", "paper_id", "sitting_id", "version"].contains(column)) {
            // Something else than what is there, of the column's own type.
            let change = match column {
                "state" => "state = 'paused'".to_owned(),
                _ => format!("{column} = COALESCE({column}, 0) + 1"),
            };
            assert!(!takes(&hall, &change).await, "{change}");
            assert!(takes(&hall, &format!("{change}, version = version + 1")).await, "{change}");
        }
        assert!(takes(&hall, "told_at = 1").await, "nobody decides by that");
    }
}
