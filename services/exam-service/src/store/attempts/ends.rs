//! New ends of many attempts at once. Their rows must be locked; auth-service is to be told.

use authz::AttemptId;
use db::{Result, Tx, rows::ROWS_MAX};
use foundation::Instant;
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use crate::domain::time::Ends;

/// Columns that new ends are written from: the id, the two ends, and when.
const COLUMNS: usize = 4;

/// Writes the new ends of these attempts, which their candidates have to see.
pub async fn put_off(tx: &mut Tx, attempts: &[(AttemptId, Ends)], now: Instant) -> Result<()> {
    let set = "UPDATE exam.attempts
        SET deadline = new.column2, closes_at = new.column3, told_version = version + 1, told_at = new.column4,
            handed_over = FALSE, version = version + 1";
    set_ends(tx, attempts, now, (set, "WHERE attempts.id = new.column1")).await
}

/// Lets the clocks of these attempts run again, until their new ends; nothing changes where one runs.
pub async fn resume(tx: &mut Tx, attempts: &[(AttemptId, Ends)], now: Instant) -> Result<()> {
    let set = "UPDATE exam.attempts
        SET state = 'in_progress', deadline = new.column2, closes_at = new.column3, resumed_at = new.column4,
            handed_over = FALSE, version = version + 1";
    set_ends(tx, attempts, now, (set, "WHERE attempts.id = new.column1 AND attempts.state = 'paused'")).await
}

async fn set_ends(
    tx: &mut Tx,
    attempts: &[(AttemptId, Ends)],
    now: Instant,
    (set, which): (&str, &str),
) -> Result<()> {
    for attempts in attempts.chunks(ROWS_MAX) {
        db::on!(
            &mut **tx,
            sqlite c => {
                let places = db::rows::nameless_places(db::rows::padded(attempts.len()), COLUMNS);
                let mut query = sqlx::query(AssertSqlSafe(format!("{set} FROM (VALUES {places}) AS new {which}")));
                for (id, ends) in db::rows::fill(attempts) {
                    query = query.bind(*id).bind(ends.deadline).bind(ends.closes_at).bind(now);
                }
                query.execute(c).await?;
            },
            postgres c => {
                let sql = format!(
                    "{set}
                     FROM UNNEST($1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[])
                         AS new (column1, column2, column3, column4)
                     {which}"
                );
                let micros = |read: fn(&Ends) -> Instant| {
                    attempts.iter().map(|(_, ends)| read(ends).as_micros()).collect::<Vec<i64>>()
                };
                sqlx::query(AssertSqlSafe(sql))
                    .bind(attempts.iter().map(|(id, _)| id.uuid()).collect::<Vec<Uuid>>())
                    .bind(micros(|ends| ends.deadline))
                    .bind(micros(|ends| ends.closes_at))
                    .bind(vec![now.as_micros(); attempts.len()])
                    .execute(c)
                    .await?;
            }
        );
    }
    Ok(())
}
