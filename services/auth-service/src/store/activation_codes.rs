//! One-time codes with which a person sets a password.

use authz::AccountId;
use db::{Conn, Tx};
use foundation::Instant;
use sqlx::FromRow;

/// An activation code as kept.
#[derive(Clone, Debug, FromRow)]
pub struct ActivationRow {
    /// The code, as a keyed hash.
    pub code_hash: Vec<u8>,
    /// When it stops being good.
    pub expires_at: Instant,
}

/// Gives an account a code; one that it had stops being good.
pub async fn put(
    tx: &mut Tx,
    account: AccountId,
    code_hash: &[u8],
    now: Instant,
    expires_at: Instant,
) -> db::Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "INSERT INTO auth.activation_codes (account_id, code_hash, created_at, expires_at)
         VALUES ($1, $2, $3, $4)
         ON CONFLICT (account_id) DO UPDATE
         SET code_hash = excluded.code_hash, created_at = excluded.created_at, expires_at = excluded.expires_at"
    )
    .bind(account)
    .bind(code_hash)
    .bind(now)
    .bind(expires_at)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// The code of an account.
pub async fn find(conn: &mut Conn, account: AccountId) -> db::Result<Option<ActivationRow>> {
    let row = db::on!(conn, c => sqlx::query_as(
        "SELECT code_hash, expires_at FROM auth.activation_codes WHERE account_id = $1"
    )
    .bind(account)
    .fetch_optional(c)
    .await)?;
    Ok(row)
}

/// Uses a code up; false when somebody else just did, or it was replaced.
pub async fn take(tx: &mut Tx, account: AccountId, code_hash: &[u8]) -> db::Result<bool> {
    let rows = db::on!(&mut **tx, c => sqlx::query(
        "DELETE FROM auth.activation_codes WHERE account_id = $1 AND code_hash = $2"
    )
    .bind(account)
    .bind(code_hash)
    .execute(c)
    .await
    .map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}

/// Deletes an account's code, if it has one.
pub async fn delete(tx: &mut Tx, account: AccountId) -> db::Result<()> {
    db::on!(&mut **tx, c => sqlx::query("DELETE FROM auth.activation_codes WHERE account_id = $1")
        .bind(account)
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(())
}
