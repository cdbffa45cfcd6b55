//! A rule that a database holds while a test runs.

use db::Db;
use sqlx::AssertSqlSafe;

/// From now on no row of `table` in `schema` changes in one of `columns` without a higher `version`. On SQLite; on
/// PostgreSQL, where the same code runs, nothing happens.
///
/// # Panics
/// When the database doesn't take the rule.
pub async fn hold_counted_up(db: &Db, (schema, table): (&str, &str), columns: &str) {
    let changes = columns.split(',').map(str::trim).filter(|column| *column != "version");
    let changes: Vec<String> = changes.map(|column| format!("NEW.{column} IS NOT OLD.{column}")).collect();
    let rule = format!(
        "CREATE TRIGGER {schema}.{table}_counted_up BEFORE UPDATE ON {table}
         WHEN NEW.version <= OLD.version AND ({})
         BEGIN SELECT RAISE(ABORT, 'changed, and the version stayed'); END",
        changes.join(" OR ")
    );
    let mut tx = db.begin().await.expect("a transaction");
    db::on!(
        &mut *tx,
        sqlite c => sqlx::raw_sql(AssertSqlSafe(rule)).execute(c).await.map(|_| ()),
        postgres _c => Ok(())
    )
    .expect("a database that takes the rule");
    tx.commit().await.expect("a database that takes the rule");
}
