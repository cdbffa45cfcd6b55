//! Stopping attempts' clocks: each a new version of it, as every change that saves decide by. See
//! [`resume`](super::resume).

use authz::{AttemptId, SittingId};
use db::{Conn, Result, Tx};
use foundation::Instant;

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

/// The versions of a sitting's attempts that aren't over.
pub async fn versions(conn: &mut Conn, sitting: SittingId) -> Result<Vec<(AttemptId, i64)>> {
    Ok(db::on!(conn, c => sqlx::query_as(
        "SELECT id, version FROM exam.attempts WHERE sitting_id = $1 AND ended_at IS NULL",
    )
    .bind(sitting)
    .fetch_all(c)
    .await)?)
}
