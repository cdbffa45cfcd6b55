//! What staff changed, and what the candidate has been shown of it.

use authz::{AttemptId, SittingId};
use db::{Result, Tx};
use foundation::Instant;

/// Notes that the attempt as it stands holds a change that its candidate has to see.
pub async fn told(tx: &mut Tx, id: AttemptId, now: Instant) -> Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "UPDATE exam.attempts SET told_version = version, told_at = $1 WHERE id = $2",
    )
    .bind(now)
    .bind(id)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// The same for every attempt of a sitting that runs.
pub async fn told_all(tx: &mut Tx, sitting: SittingId, now: Instant) -> Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "UPDATE exam.attempts
         SET told_version = version, told_at = $1
         WHERE sitting_id = $2 AND state IN ('in_progress', 'paused')",
    )
    .bind(now)
    .bind(sitting)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Notes that the player of this lease shows the attempt as of `version`; what it showed later stays.
pub async fn seen(tx: &mut Tx, id: AttemptId, lease_no: i64, version: i64, now: Instant) -> Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "UPDATE exam.attempts
         SET seen_version = $1, seen_at = $2
         WHERE id = $3 AND lease_no = $4 AND seen_version < $1 AND version >= $1",
    )
    .bind(version)
    .bind(now)
    .bind(id)
    .bind(lease_no)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}
