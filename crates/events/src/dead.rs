//! Facts that were set aside in an outbox after too many tries, for a person to look at and to send again.

use db::{Conn, Tx};
use foundation::Instant;
use sqlx::{AssertSqlSafe, FromRow};

use crate::EventId;

/// Facts listed at a time.
pub const DEAD_LISTED_MAX: usize = 1_000;

/// A fact that was set aside.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct DeadFact {
    /// Its id.
    pub id: EventId,
    /// Its kind.
    pub kind: String,
    /// When it became a fact.
    pub created_at: Instant,
    /// How often it was tried.
    pub tries: i64,
    /// Why it wasn't taken the last time.
    pub failure: Option<String>,
}

/// The facts that were set aside in the outbox of `schema`, oldest first, [`DEAD_LISTED_MAX`] at most.
///
/// # Errors
/// When the outbox can't be read.
pub async fn dead(conn: &mut Conn, schema: &str) -> db::Result<Vec<DeadFact>> {
    let sql = format!(
        "SELECT id, kind, created_at, tries, failure
         FROM {schema}.outbox
         WHERE failed_at IS NOT NULL
         ORDER BY created_at, id
         LIMIT {DEAD_LISTED_MAX}"
    );
    Ok(db::on!(conn, c => sqlx::query_as(AssertSqlSafe(sql)).fetch_all(c).await)?)
}

/// Has a fact that was set aside tried again; whether there was such a one.
///
/// # Errors
/// When the outbox can't be written.
pub async fn replay(tx: &mut Tx, schema: &str, fact: EventId) -> db::Result<bool> {
    let sql = format!(
        "UPDATE {schema}.outbox
         SET failed_at = NULL, tries = 0, next_try_at = 0, failure = NULL
         WHERE id = $1 AND failed_at IS NOT NULL"
    );
    let rows = db::on!(&mut **tx, c => sqlx::query(AssertSqlSafe(sql))
        .bind(fact)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}
