//! Browsers on which accounts have signed in.

use authz::AccountId;
use db::{Conn, Tx};
use foundation::Instant;

/// Accounts of one browser that are looked at.
const ACCOUNTS_MAX: i64 = 200;

/// The accounts that have signed in on this browser, first one first.
pub async fn accounts_on(conn: &mut Conn, device_hash: &[u8]) -> db::Result<Vec<AccountId>> {
    let rows = db::on!(conn, c => sqlx::query_scalar(
        "SELECT account_id
         FROM auth.devices
         WHERE device_hash = $1
         ORDER BY first_seen_at, account_id
         LIMIT $2"
    )
    .bind(device_hash)
    .bind(ACCOUNTS_MAX)
    .fetch_all(c)
    .await)?;
    Ok(rows)
}

/// Notes that an account has signed in on this browser.
pub async fn note(tx: &mut Tx, device_hash: &[u8], account: AccountId, now: Instant) -> db::Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "INSERT INTO auth.devices (device_hash, account_id, first_seen_at, last_seen_at)
         VALUES ($1, $2, $3, $3)
         ON CONFLICT (device_hash, account_id) DO UPDATE SET last_seen_at = excluded.last_seen_at"
    )
    .bind(device_hash)
    .bind(account)
    .bind(now)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Forgets browsers that weren't seen since `before`; answers how many rows.
pub async fn prune(tx: &mut Tx, before: Instant) -> db::Result<u64> {
    let rows = db::on!(&mut **tx, c => sqlx::query("DELETE FROM auth.devices WHERE last_seen_at < $1")
        .bind(before)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(rows)
}
