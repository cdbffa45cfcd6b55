//! Stopping an attempt's clock, and letting it run again: each a new version of it, as every change that saves decide by.

use authz::{AttemptId, SittingId};
use db::{Conn, Result, Tx};
use foundation::Instant;

use crate::domain::time::Ends;

/// Stops the clock of an attempt that runs; nothing changes where it stands already.
pub async fn pause(tx: &mut Tx, id: AttemptId, now: Instant) -> Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "UPDATE exam.attempts
         SET state = 'paused', paused_at = $1, resumed_at = NULL, version = version + 1
         WHERE id = $2 AND state = 'in_progress'",
    )
    .bind(now)
    .bind(id)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Stops the clock of every attempt of a sitting that runs, and counts up those that haven't started: whoever decided
/// by the sitting as it was looks again.
pub async fn pause_all(tx: &mut Tx, sitting: SittingId, now: Instant) -> Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "UPDATE exam.attempts
         SET state = 'paused', paused_at = $1, resumed_at = NULL, version = version + 1
         WHERE sitting_id = $2 AND state = 'in_progress' AND closes_at >= $1",
    )
    .bind(now)
    .bind(sitting)
    .execute(c)
    .await
    .map(|_| ()))?;
    db::on!(&mut **tx, c => sqlx::query(
        "UPDATE exam.attempts
         SET version = version + 1
         WHERE sitting_id = $1 AND state IN ('scheduled', 'ready')",
    )
    .bind(sitting)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Lets the clock of an attempt run again, until a new end. Auth-service is to be told.
pub async fn resume(tx: &mut Tx, id: AttemptId, ends: Ends, now: Instant) -> Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "UPDATE exam.attempts
         SET state = 'in_progress', resumed_at = $1, deadline = $2, closes_at = $3, handed_over = $4,
             version = version + 1
         WHERE id = $5 AND state = 'paused'",
    )
    .bind(now)
    .bind(ends.deadline)
    .bind(ends.closes_at)
    .bind(false)
    .bind(id)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// The versions of a sitting's attempts that aren't over.
pub async fn versions(conn: &mut Conn, sitting: SittingId) -> Result<Vec<(AttemptId, i64)>> {
    Ok(db::on!(conn, c => sqlx::query_as(
        "SELECT id, version FROM exam.attempts WHERE sitting_id = $1 AND ended_at IS NULL",
    )
    .bind(sitting)
    .fetch_all(c)
    .await)?)
}
