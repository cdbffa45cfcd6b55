//! `exam.stalls`: what devices say of their own stalls.

use authz::AttemptId;
use db::{Conn, Result, Tx};
use foundation::Instant;
use sqlx::FromRow;

use crate::domain::stall::Stall;

/// Stalls that are kept of one attempt; what a device says beyond is dropped.
pub const STALLS_MAX: i64 = 200;

/// Keeps what the device of a lease says, up to [`STALLS_MAX`] of an attempt. One that begins as a known one does is
/// known; the first word on it stays.
pub async fn keep(
    tx: &mut Tx,
    attempt: AttemptId,
    lease_no: i64,
    stalls: &[Stall],
    now: Instant,
) -> Result<()> {
    for stall in stalls {
        db::on!(&mut **tx, c => sqlx::query(
            "INSERT INTO exam.stalls (attempt_id, from_at, until_at, lease_no, reported_at)
             SELECT $1, $2, $3, $4, $5
             WHERE (SELECT COUNT(*) FROM exam.stalls WHERE attempt_id = $1) < $6
             ON CONFLICT DO NOTHING",
        )
        .bind(attempt)
        .bind(stall.from)
        .bind(stall.until)
        .bind(lease_no)
        .bind(now)
        .bind(STALLS_MAX)
        .execute(c)
        .await
        .map(|_| ()))?;
    }
    Ok(())
}

/// A stall as it was reported.
#[derive(Clone, Copy, Debug, FromRow)]
pub struct StallRow {
    /// From when, by the device's word.
    pub from_at: Instant,
    /// Until when, by the device's word.
    pub until_at: Instant,
    /// The lease of the device.
    pub lease_no: i64,
    /// When the server heard of it.
    pub reported_at: Instant,
}

/// What the devices of an attempt said, in the order of time; at most [`STALLS_MAX`].
pub async fn of_attempt(conn: &mut Conn, attempt: AttemptId) -> Result<Vec<StallRow>> {
    Ok(db::on!(conn, c => sqlx::query_as(
        "SELECT from_at, until_at, lease_no, reported_at FROM exam.stalls WHERE attempt_id = $1 ORDER BY from_at",
    )
    .bind(attempt)
    .fetch_all(c)
    .await)?)
}
