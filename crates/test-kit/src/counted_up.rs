//! A rule that a database holds while a test runs.

use db::Db;
use sqlx::AssertSqlSafe;

/// From now on no row of `table` in `schema` changes in one of `columns` without a higher `version`.
///
/// # Panics
/// When the database doesn't take the rule.
pub async fn hold_counted_up(db: &Db, (schema, table): (&str, &str), columns: &str) {
    const SAYS: &str = "changed, and the version stayed";
    let changes = |differs: &str| -> String {
        let columns = columns.split(',').map(str::trim).filter(|column| *column != "version");
        columns
            .map(|column| format!("NEW.{column} {differs} OLD.{column}"))
            .collect::<Vec<String>>()
            .join(" OR ")
    };
    let mut tx = db.begin().await.expect("a transaction");
    db::on!(
        &mut *tx,
        sqlite c => {
            let rule = format!(
                "CREATE TRIGGER {schema}.{table}_counted_up BEFORE UPDATE ON {table}
                 WHEN NEW.version <= OLD.version AND ({})
                 BEGIN SELECT RAISE(ABORT, '{SAYS}'); END",
                changes("IS NOT")
            );
            sqlx::raw_sql(AssertSqlSafe(rule)).execute(c).await.map(|_| ())
        },
        postgres c => {
            let rule = format!(
                "CREATE FUNCTION {schema}.{table}_counted_up() RETURNS trigger LANGUAGE plpgsql
                 AS $$ BEGIN RAISE EXCEPTION '{SAYS}'; END $$;
                 CREATE TRIGGER {table}_counted_up BEFORE UPDATE ON {schema}.{table} FOR EACH ROW
                 WHEN (NEW.version <= OLD.version AND ({}))
                 EXECUTE FUNCTION {schema}.{table}_counted_up()",
                changes("IS DISTINCT FROM")
            );
            sqlx::raw_sql(AssertSqlSafe(rule)).execute(c).await.map(|_| ())
        }
    )
    .expect("a database that takes the rule");
    tx.commit().await.expect("a database that takes the rule");
}
