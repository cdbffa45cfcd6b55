//! Somebody has read a message.

use authz::Actor;
use foundation::Problem;
use notification_api::MessageId;

use super::inbox::own;
use crate::{NotificationService, store};

/// Notes that the actor has read a message of theirs; answers how many are unread now. Idempotent.
///
/// # Errors
/// 401 for whoever isn't signed in; 404 for a message that the actor doesn't have.
pub async fn read_message(
    service: &NotificationService,
    actor: &Actor,
    id: MessageId,
) -> Result<i64, Problem> {
    let account = own(actor)?;
    let mut tx = service.db.begin().await?;
    if !store::deliveries::set_read(&mut tx, account, id, service.clock.now()).await? {
        return Err(Problem::not_found(
            "notification.message_not_found",
            "There is no such message. Reload your messages.",
        ));
    }
    let unread = store::deliveries::unread(&mut tx, account).await?;
    tx.commit().await?;
    Ok(unread)
}
