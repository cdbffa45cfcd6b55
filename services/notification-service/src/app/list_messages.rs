//! Somebody reads their messages.

use authz::Actor;
use foundation::{Page, Problem};
use notification_api::{Inbox, MessageId};

use super::inbox::own;
use crate::{NotificationService, store};

/// The actor's messages, newest first, from behind `after`; and how many of all are unread.
///
/// # Errors
/// 401 for whoever isn't signed in.
pub async fn list_messages(
    service: &NotificationService,
    actor: &Actor,
    after: Option<MessageId>,
    limit: i64,
) -> Result<Inbox, Problem> {
    let account = own(actor)?;
    let mut conn = service.db.read().await?;
    let delivered = store::deliveries::list(&mut conn, account, after, limit).await?;
    let unread = store::deliveries::unread(&mut conn, account).await?;
    let page = Page::cut(delivered, limit, |delivered| delivered.id.to_string());
    let mut items = Vec::with_capacity(page.items.len());
    for delivered in page.items {
        match delivered.message() {
            Ok(message) => items.push(message),
            // While a newer version of the service runs beside this one, it may write templates that this one doesn't
            // know. One such message must not hide the others.
            Err(error) => tracing::error!(%error, "message left out of a list"),
        }
    }
    Ok(Inbox { items, next: page.next, unread })
}
