//! `notification.releases`.

use authz::SittingId;
use db::{Result, Tx};
use foundation::Instant;
use sqlx::FromRow;

/// Notes that a sitting's results were released at `told_at`; answers whether they are out, by all that is known.
pub async fn note_released(tx: &mut Tx, sitting: SittingId, told_at: Instant) -> Result<bool> {
    note(tx, sitting, Some(told_at), None).await
}

/// Notes that a sitting's results were taken back at `told_at`; answers whether they are out, by all that is known.
pub async fn note_withdrawn(tx: &mut Tx, sitting: SittingId, told_at: Instant) -> Result<bool> {
    note(tx, sitting, None, Some(told_at)).await
}

#[derive(FromRow)]
struct Known {
    released_at: Option<Instant>,
    withdrawn_at: Option<Instant>,
}

async fn note(
    tx: &mut Tx,
    sitting: SittingId,
    released_at: Option<Instant>,
    withdrawn_at: Option<Instant>,
) -> Result<bool> {
    let known: Known = db::on!(&mut **tx, c => sqlx::query_as(
        "INSERT INTO notification.releases (sitting_id, released_at, withdrawn_at)
         VALUES ($1, $2, $3)
         ON CONFLICT (sitting_id) DO UPDATE
         SET released_at = CASE
                 WHEN excluded.released_at > COALESCE(notification.releases.released_at, 0) THEN excluded.released_at
                 ELSE notification.releases.released_at
             END,
             withdrawn_at = CASE
                 WHEN excluded.withdrawn_at > COALESCE(notification.releases.withdrawn_at, 0)
                 THEN excluded.withdrawn_at
                 ELSE notification.releases.withdrawn_at
             END
         RETURNING released_at, withdrawn_at",
    )
    .bind(sitting)
    .bind(released_at)
    .bind(withdrawn_at)
    .fetch_one(c)
    .await)?;
    Ok(known.released_at > known.withdrawn_at)
}
