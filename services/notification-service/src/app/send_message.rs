//! Staff write to people.

use audit::Act;
use authz::{AccountId, Action, Actor, UnitPath, authorize};
use foundation::{FieldProblem, Id, Problem};
use notification_api::{MessageContent, TextMessage};
use serde_json::json;

use super::inbox::own;
use crate::{
    NotificationService,
    domain::recipients::{RECIPIENTS_MAX, recipients},
    service::SCHEMA,
    store::{self, messages::MessageRow},
};

/// Sends `text` to each of these accounts.
///
/// This service doesn't know to which units people belong, so only a role in the whole institution lets one write.
///
/// # Errors
/// 403 without that role; 422 for nobody or too many.
pub async fn send_message(
    service: &NotificationService,
    actor: &Actor,
    to: Vec<AccountId>,
    text: TextMessage,
) -> Result<MessageRow, Problem> {
    authorize(actor, Action::SendMessages, &UnitPath::institution())?;
    let sender = own(actor)?;
    let to = recipients(to).map_err(|_| {
        let message = format!("Name 1 to {RECIPIENTS_MAX} people.");
        Problem::invalid(
            "notification.message_invalid",
            "This can't be sent; see `errors`.",
            vec![FieldProblem::at("recipient_ids", "count", message)],
        )
    })?;
    let mut tx = service.db.begin().await?;
    let message = MessageRow {
        id: Id::new(&*service.clock, &*service.random),
        content: MessageContent::Text(text),
        sender: Some(sender),
        about: None,
        recipients: i64::try_from(to.len()).unwrap_or(i64::MAX),
        sent_at: service.clock.now(),
    };
    store::messages::insert(&mut tx, &message).await?;
    store::deliveries::deliver(&mut tx, message.id, &to).await?;
    let act = Act {
        actor,
        action: "message.sent",
        subject_kind: "message",
        subject_id: message.id.to_string(),
        detail: json!({ "recipients": message.recipients }),
    };
    audit::record(&mut tx, SCHEMA, &*service.clock, &*service.random, act).await?;
    tx.commit().await?;
    Ok(message)
}
