//! `notification.deliveries`.

use authz::{AccountId, SittingId};
use db::{Conn, Result, Tx};
use foundation::Instant;
use notification_api::{Message, MessageId};
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;

use super::messages::read;

/// Deliveries written by one statement.
const DELIVERIES_PER_STATEMENT: usize = 500;
/// Unread messages that are counted; whoever has more has “at least so many”.
pub const UNREAD_COUNTED_MAX: i64 = 1_000;

/// Delivers a message to each of `recipients`; whoever has it already keeps it as it is.
pub async fn deliver(tx: &mut Tx, message: MessageId, recipients: &[AccountId]) -> Result<()> {
    for chunk in recipients.chunks(DELIVERIES_PER_STATEMENT) {
        let values = (0..chunk.len()).map(|n| format!("(${}, $1)", n + 2)).collect::<Vec<_>>().join(", ");
        let sql = format!(
            "INSERT INTO notification.deliveries (recipient_id, message_id)
             VALUES {values}
             ON CONFLICT DO NOTHING"
        );
        db::on!(&mut **tx, c => {
            let mut query = sqlx::query(AssertSqlSafe(sql)).bind(message);
            for recipient in chunk {
                query = query.bind(*recipient);
            }
            query.execute(c).await.map(|_| ())
        })?;
    }
    Ok(())
}

/// Takes back what `recipients` haven't read of the messages of this template about a sitting.
pub async fn take_back_unread(
    tx: &mut Tx,
    about: SittingId,
    template: &'static str,
    recipients: &[AccountId],
) -> Result<()> {
    for chunk in recipients.chunks(DELIVERIES_PER_STATEMENT) {
        let places = (0..chunk.len()).map(|n| format!("${}", n + 3)).collect::<Vec<_>>().join(", ");
        let sql = format!(
            "DELETE FROM notification.deliveries
             WHERE recipient_id IN ({places})
               AND read_at IS NULL
               AND message_id IN (
                   SELECT id
                   FROM notification.messages
                   WHERE about_id = $1 AND template = $2
               )"
        );
        db::on!(&mut **tx, c => {
            let mut query = sqlx::query(AssertSqlSafe(sql)).bind(about).bind(template);
            for recipient in chunk {
                query = query.bind(*recipient);
            }
            query.execute(c).await.map(|_| ())
        })?;
    }
    Ok(())
}

/// A message in somebody's inbox.
#[derive(Clone, Debug, FromRow)]
pub struct Delivered {
    /// The message.
    pub id: MessageId,
    template: String,
    parameters: String,
    sent_at: Instant,
    read_at: Option<Instant>,
}

impl Delivered {
    /// The message as its reader gets it.
    ///
    /// # Errors
    /// When its row can't be read.
    pub fn message(self) -> Result<Message> {
        Ok(Message {
            content: read(self.id, &self.template, &self.parameters)?,
            id: self.id,
            sent_at: self.sent_at,
            read_at: self.read_at,
        })
    }
}

/// Messages of `recipient`, newest first, from behind `after`; one more than `limit`.
pub async fn list(
    conn: &mut Conn,
    recipient: AccountId,
    after: Option<MessageId>,
    limit: i64,
) -> Result<Vec<Delivered>> {
    let before = after.map_or(Uuid::max(), MessageId::uuid);
    Ok(db::on!(conn, c => sqlx::query_as(
        "SELECT m.id, m.template, m.parameters, m.sent_at, d.read_at
         FROM notification.deliveries AS d
         JOIN notification.messages AS m ON m.id = d.message_id
         WHERE d.recipient_id = $1 AND d.message_id < $2
         ORDER BY d.message_id DESC
         LIMIT $3",
    )
    .bind(recipient)
    .bind(before)
    .bind(limit + 1)
    .fetch_all(c)
    .await)?)
}

/// How many messages `recipient` hasn't read; [`UNREAD_COUNTED_MAX`] at most.
pub async fn unread(conn: &mut Conn, recipient: AccountId) -> Result<i64> {
    Ok(db::on!(conn, c => sqlx::query_scalar(
        "SELECT count(*)
         FROM (
             SELECT message_id
             FROM notification.deliveries
             WHERE recipient_id = $1 AND read_at IS NULL
             LIMIT $2
         ) AS unread",
    )
    .bind(recipient)
    .bind(UNREAD_COUNTED_MAX)
    .fetch_one(c)
    .await)?)
}

/// Notes that `recipient` has read a message, unless they had; false when they have no such message.
pub async fn set_read(tx: &mut Tx, recipient: AccountId, message: MessageId, now: Instant) -> Result<bool> {
    let rows = db::on!(&mut **tx, c => sqlx::query(
        "UPDATE notification.deliveries
         SET read_at = COALESCE(read_at, $1)
         WHERE recipient_id = $2 AND message_id = $3",
    )
    .bind(now)
    .bind(recipient)
    .bind(message)
    .execute(c)
    .await
    .map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}

/// Notes that `recipient` has read everything up to and with `newest`.
pub async fn set_read_up_to(
    tx: &mut Tx,
    recipient: AccountId,
    newest: MessageId,
    now: Instant,
) -> Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "UPDATE notification.deliveries
         SET read_at = $1
         WHERE recipient_id = $2 AND message_id <= $3 AND read_at IS NULL",
    )
    .bind(now)
    .bind(recipient)
    .bind(newest)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}
