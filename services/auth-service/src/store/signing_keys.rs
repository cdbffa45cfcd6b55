//! The keys that sign access tokens.

use db::{Conn, Tx};
use foundation::Instant;
use sqlx::FromRow;

/// A signing key as kept.
#[derive(Clone, Debug, FromRow)]
pub struct KeyRow {
    /// Its id, as in the tokens' headers.
    pub kid: String,
    /// The public half.
    pub public_key: Vec<u8>,
    /// The private half, sealed.
    pub private_sealed: Vec<u8>,
    /// When it was made.
    pub created_at: Instant,
    /// When it starts to sign.
    pub activates_at: Instant,
}

/// Every key, in the order in which they start to sign.
pub async fn list(conn: &mut Conn) -> db::Result<Vec<KeyRow>> {
    let rows = db::on!(conn, c => sqlx::query_as(
        "SELECT kid, public_key, private_sealed, created_at, activates_at
         FROM auth.signing_keys
         ORDER BY activates_at, kid"
    )
    .fetch_all(c)
    .await)?;
    Ok(rows)
}

/// Keeps other processes from adding a key until this transaction ends.
pub async fn lock(tx: &mut Tx) -> db::Result<()> {
    if let Conn::Postgres(conn) = &mut **tx {
        sqlx::query("LOCK TABLE auth.signing_keys IN SHARE ROW EXCLUSIVE MODE").execute(&mut **conn).await?;
    }
    Ok(())
}

/// Adds a key.
pub async fn insert(tx: &mut Tx, key: &KeyRow) -> db::Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "INSERT INTO auth.signing_keys (kid, public_key, private_sealed, created_at, activates_at)
         VALUES ($1, $2, $3, $4, $5)"
    )
    .bind(&key.kid)
    .bind(&key.public_key)
    .bind(&key.private_sealed)
    .bind(key.created_at)
    .bind(key.activates_at)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Deletes the keys that started to sign before `before`.
pub async fn delete_before(tx: &mut Tx, before: Instant) -> db::Result<u64> {
    let rows = db::on!(&mut **tx, c => sqlx::query("DELETE FROM auth.signing_keys WHERE activates_at < $1")
        .bind(before)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(rows)
}
