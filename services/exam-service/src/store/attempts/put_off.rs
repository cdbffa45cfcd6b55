//! New ends of many attempts at once. Their rows must be locked; auth-service is to be told.

use authz::AttemptId;
use db::{Result, Tx, rows::ROWS_MAX};
use foundation::Instant;
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use crate::domain::time::Ends;

/// Columns that new ends are written from, the id included.
const COLUMNS: usize = 3;

/// Writes the new ends of these attempts, which their candidates have to see.
pub async fn put_off(tx: &mut Tx, attempts: &[(AttemptId, Ends)], now: Instant) -> Result<()> {
    set_ends(tx, attempts, now, ("told_version = version + 1, told_at", "")).await
}

/// Lets the clocks of these attempts run again, until their new ends; nothing changes where one runs.
pub async fn resume(tx: &mut Tx, attempts: &[(AttemptId, Ends)], now: Instant) -> Result<()> {
    set_ends(tx, attempts, now, ("state = 'in_progress', resumed_at", "AND attempts.state = 'paused'")).await
}

/// Writes ends, and `now` into the column that `set` ends with, where `which` holds.
async fn set_ends(
    tx: &mut Tx,
    attempts: &[(AttemptId, Ends)],
    now: Instant,
    (set, which): (&str, &str),
) -> Result<()> {
    let update = |own: [&str; 2]| {
        let [now, handed_over] = own;
        format!(
            "UPDATE exam.attempts
             SET {set} = {now}, handed_over = {handed_over}, deadline = new.column2, closes_at = new.column3,
                 version = version + 1"
        )
    };
    for attempts in attempts.chunks(ROWS_MAX) {
        db::on!(
            &mut **tx,
            sqlite c => {
                let places = db::rows::nameless_places(db::rows::padded(attempts.len()), COLUMNS);
                let sql = format!(
                    "{} FROM (VALUES {places}) AS new WHERE attempts.id = new.column1 {which}", update(["?", "?"]));
                let mut query = sqlx::query(AssertSqlSafe(sql)).bind(now).bind(false);
                for (id, ends) in db::rows::fill(attempts) {
                    query = query.bind(*id).bind(ends.deadline).bind(ends.closes_at);
                }
                query.execute(c).await?;
            },
            postgres c => {
                let sql = format!(
                    "{}
                     FROM UNNEST($3::uuid[], $4::bigint[], $5::bigint[]) AS new (column1, column2, column3)
                     WHERE attempts.id = new.column1 {which}",
                    update(["$1", "$2"])
                );
                let micros = |read: fn(&Ends) -> Instant| {
                    attempts.iter().map(|(_, ends)| read(ends).as_micros()).collect::<Vec<i64>>()
                };
                sqlx::query(AssertSqlSafe(sql))
                    .bind(now)
                    .bind(false)
                    .bind(attempts.iter().map(|(id, _)| id.uuid()).collect::<Vec<Uuid>>())
                    .bind(micros(|ends| ends.deadline))
                    .bind(micros(|ends| ends.closes_at))
                    .execute(c)
                    .await?;
            }
        );
    }
    Ok(())
}
