//! Forgets facts that nobody needs any more: an outbox and an inbox would grow for ever.

use db::{Db, Result};
use foundation::{Instant, Span};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

/// For how long a fact that was handed on stays in the outbox, for a person who looks for what happened.
pub const HANDED_ON_KEPT: Span = Span::from_minutes(7 * DAY_MINUTES);
/// For how long an inbox knows what was taken: longer than anybody leaves a fact set aside that others have taken.
pub const TAKEN_KEPT: Span = Span::from_minutes(400 * DAY_MINUTES);

const DAY_MINUTES: i64 = 24 * 60;
/// Rows in one transaction: who saves waits for it.
const ROWS_MAX: u64 = 500;
/// Transactions in one round. What is left is for the next.
const TRANSACTIONS_MAX: u64 = 40;

/// How much was forgotten.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Forgotten {
    /// Facts of the outbox that were handed on.
    pub handed_on: u64,
    /// What the inbox knew of facts that were taken.
    pub taken: u64,
}

/// Forgets what is old in the outbox and the inbox of `schema`, [`ROWS_MAX`] times [`TRANSACTIONS_MAX`] of each at most. A
/// fact that waits or was set aside stays, however old it is.
///
/// # Errors
/// When the database refuses; what was forgotten before stays forgotten.
pub(crate) async fn forget(db: &Db, schema: &str, now: Instant) -> Result<Forgotten> {
    // Ids begin with the time at which a fact was made: so the old ones are found by the keys of both tables.
    let outbox = format!(
        "DELETE FROM {schema}.outbox
         WHERE id IN (
             SELECT id FROM {schema}.outbox
             WHERE id < $1 AND published_at < $2
             ORDER BY id
             LIMIT {ROWS_MAX}
         )"
    );
    let inbox = format!(
        "DELETE FROM {schema}.inbox
         WHERE (event_id, consumer) IN (
             SELECT event_id, consumer FROM {schema}.inbox
             WHERE event_id < $1 AND taken_at < $2
             ORDER BY event_id, consumer
             LIMIT {ROWS_MAX}
         )"
    );
    Ok(Forgotten {
        handed_on: delete(db, &outbox, now - HANDED_ON_KEPT).await?,
        taken: delete(db, &inbox, now - TAKEN_KEPT).await?,
    })
}

async fn delete(db: &Db, sql: &str, before: Instant) -> Result<u64> {
    let mut deleted = 0;
    for _ in 0..TRANSACTIONS_MAX {
        let mut tx = db.begin().await?;
        let rows = db::on!(&mut *tx, c => sqlx::query(AssertSqlSafe(sql.to_owned()))
            .bind(first_id(before))
            .bind(before)
            .execute(c)
            .await
            .map(|done| done.rows_affected()))?;
        tx.commit().await?;
        deleted += rows;
        if rows < ROWS_MAX {
            break;
        }
    }
    Ok(deleted)
}

/// No id that was made at `time` or later is smaller (RFC 9562, version 7: 48 bits of milliseconds come first).
fn first_id(time: Instant) -> Uuid {
    let millis = u128::try_from(time.as_micros() / 1_000).unwrap_or(0);
    Uuid::from_u128(millis << 80)
}
