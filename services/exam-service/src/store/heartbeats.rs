//! `exam.heartbeats`: when writers were alive.

use db::{Result, Tx};
use foundation::Instant;
use uuid::Uuid;

/// Lengthens a stretch to `now`; false when it isn't there.
pub async fn extend(tx: &mut Tx, id: Uuid, now: Instant) -> Result<bool> {
    let rows = db::on!(&mut **tx, c => sqlx::query(
        "UPDATE exam.heartbeats SET alive_until = $1 WHERE id = $2",
    )
    .bind(now)
    .bind(id)
    .execute(c)
    .await
    .map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}

/// Keeps other writers from beginning or lengthening stretches until this transaction ends. On SQLite the transaction is
/// the lock.
pub async fn lock(tx: &mut Tx) -> Result<()> {
    db::on!(
        &mut **tx,
        sqlite _c => {},
        postgres c => {
            sqlx::query("LOCK TABLE exam.heartbeats IN SHARE ROW EXCLUSIVE MODE").execute(c).await?;
        }
    );
    Ok(())
}

/// When any writer was last alive.
pub async fn last(tx: &mut Tx) -> Result<Option<Instant>> {
    Ok(db::on!(&mut **tx, c => sqlx::query_scalar("SELECT MAX(alive_until) FROM exam.heartbeats")
        .fetch_one(c)
        .await)?)
}

/// Forgets the stretches that ended before `before`, and those that end after `after`.
pub async fn forget(tx: &mut Tx, before: Instant, after: Instant) -> Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "DELETE FROM exam.heartbeats WHERE alive_until < $1 OR alive_until > $2",
    )
    .bind(before)
    .bind(after)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Begins a stretch of a writer's.
pub async fn begin(tx: &mut Tx, id: Uuid, writer: Uuid, now: Instant) -> Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "INSERT INTO exam.heartbeats (id, writer_id, alive_from, alive_until) VALUES ($1, $2, $3, $3)",
    )
    .bind(id)
    .bind(writer)
    .bind(now)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}
