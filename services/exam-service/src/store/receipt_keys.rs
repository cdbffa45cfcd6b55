//! `exam.receipt_keys`: what signs batches of the journal.

use db::{Conn, Result, Tx};
use foundation::Instant;
use sqlx::FromRow;

/// A key as kept.
#[derive(Clone, Debug, FromRow)]
pub struct KeyRow {
    /// Its id, as in receipts.
    pub kid: String,
    /// The public half.
    pub public_key: Vec<u8>,
    /// The private half, sealed.
    pub private_sealed: Vec<u8>,
    /// When it was made.
    pub created_at: Instant,
}

/// Every key, the newest last.
pub async fn list(conn: &mut Conn) -> Result<Vec<KeyRow>> {
    Ok(db::on!(conn, c => sqlx::query_as(
        "SELECT kid, public_key, private_sealed, created_at FROM exam.receipt_keys ORDER BY created_at, kid",
    )
    .fetch_all(c)
    .await)?)
}

/// Keeps other processes from adding a key until this transaction ends.
pub async fn lock(tx: &mut Tx) -> Result<()> {
    if let Conn::Postgres(conn) = &mut **tx {
        sqlx::query("LOCK TABLE exam.receipt_keys IN SHARE ROW EXCLUSIVE MODE").execute(&mut **conn).await?;
    }
    Ok(())
}

/// Adds a key.
pub async fn insert(tx: &mut Tx, key: &KeyRow) -> Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "INSERT INTO exam.receipt_keys (kid, public_key, private_sealed, created_at) VALUES ($1, $2, $3, $4)",
    )
    .bind(&key.kid)
    .bind(&key.public_key)
    .bind(&key.private_sealed)
    .bind(key.created_at)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}
