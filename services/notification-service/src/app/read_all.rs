//! Somebody has read all that they see.

use authz::Actor;
use foundation::Problem;
use notification_api::MessageId;

use super::inbox::own;
use crate::{NotificationService, store};

/// Notes that the actor has read their messages up to and with `newest`, the newest that they have seen: what came
/// since stays unread. Answers how many are unread now. Idempotent.
///
/// # Errors
/// 401 for whoever isn't signed in.
pub async fn read_all(
    service: &NotificationService,
    actor: &Actor,
    newest: MessageId,
) -> Result<i64, Problem> {
    let account = own(actor)?;
    let mut tx = service.db.begin().await?;
    store::deliveries::set_read_up_to(&mut tx, account, newest, service.clock.now()).await?;
    let unread = store::deliveries::unread(&mut tx, account).await?;
    tx.commit().await?;
    Ok(unread)
}
