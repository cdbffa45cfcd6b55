//! Failed sign-ins, by user name and source.

use db::Tx;
use foundation::Instant;

use crate::domain::lockout::Failures;

/// The failures of this name from this source. On PostgreSQL a transaction that counts takes the pair's lock first, so
/// that tries made at the same time are counted one after another.
pub async fn find(tx: &mut Tx, subject: &[u8; 32], source: &[u8; 32]) -> db::Result<Option<Failures>> {
    if let db::Conn::Postgres(conn) = &mut **tx {
        let key = i64::from_be_bytes(std::array::from_fn(|i| subject[i] ^ source[i]));
        sqlx::query("SELECT pg_advisory_xact_lock($1)").bind(key).execute(&mut **conn).await?;
    }
    let row: Option<(i64, Instant, Instant)> = db::on!(&mut **tx, c => sqlx::query_as(
        "SELECT failures, last_failed_at, blocked_until
         FROM auth.sign_in_failures
         WHERE subject_hash = $1 AND source_hash = $2"
    )
    .bind(subject.as_slice())
    .bind(source.as_slice())
    .fetch_optional(c)
    .await)?;
    Ok(row.map(|(count, last_failed_at, blocked_until)| Failures { count, last_failed_at, blocked_until }))
}

/// Writes the failures of this name from this source.
pub async fn put(tx: &mut Tx, subject: &[u8; 32], source: &[u8; 32], failures: &Failures) -> db::Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "INSERT INTO auth.sign_in_failures (subject_hash, source_hash, failures, last_failed_at, blocked_until)
         VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (subject_hash, source_hash) DO UPDATE
         SET failures = excluded.failures, last_failed_at = excluded.last_failed_at,
             blocked_until = excluded.blocked_until"
    )
    .bind(subject.as_slice())
    .bind(source.as_slice())
    .bind(failures.count)
    .bind(failures.last_failed_at)
    .bind(failures.blocked_until)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Forgets the failures of this name from this source.
pub async fn delete(tx: &mut Tx, subject: &[u8; 32], source: &[u8; 32]) -> db::Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "DELETE FROM auth.sign_in_failures WHERE subject_hash = $1 AND source_hash = $2"
    )
    .bind(subject.as_slice())
    .bind(source.as_slice())
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Forgets the failures of this name from every source; answers how many sources there were.
pub async fn delete_all(tx: &mut Tx, subject: &[u8; 32]) -> db::Result<u64> {
    let rows = db::on!(&mut **tx, c => sqlx::query("DELETE FROM auth.sign_in_failures WHERE subject_hash = $1")
        .bind(subject.as_slice())
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(rows)
}

/// Forgets failures older than `before`; answers how many rows.
pub async fn prune(tx: &mut Tx, before: Instant) -> db::Result<u64> {
    let rows = db::on!(&mut **tx, c => sqlx::query("DELETE FROM auth.sign_in_failures WHERE last_failed_at < $1")
        .bind(before)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(rows)
}
