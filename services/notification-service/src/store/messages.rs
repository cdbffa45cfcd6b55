//! `notification.messages`.

use authz::{AccountId, SittingId};
use db::{Error, Result, Tx};
use foundation::Instant;
use notification_api::{MessageContent, MessageId};
use serde_json::{Value, json};

/// A message's row.
#[derive(Clone, Debug)]
pub struct MessageRow {
    /// Its id.
    pub id: MessageId,
    /// What it says.
    pub content: MessageContent,
    /// Who wrote it; none when the system did.
    pub sender: Option<AccountId>,
    /// The sitting that it is about.
    pub about: Option<SittingId>,
    /// How many people it goes to.
    pub recipients: i64,
    /// When it was sent.
    pub sent_at: Instant,
}

/// Adds a message; its deliveries follow.
pub async fn insert(tx: &mut Tx, message: &MessageRow) -> Result<()> {
    let (template, parameters) = write(&message.content)?;
    db::on!(&mut **tx, c => sqlx::query(
        "INSERT INTO notification.messages (id, template, parameters, sender_id, about_id, recipients, sent_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(message.id)
    .bind(template)
    .bind(parameters)
    .bind(message.sender)
    .bind(message.about)
    .bind(message.recipients)
    .bind(message.sent_at)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// A content's two columns.
fn write(content: &MessageContent) -> Result<(String, String)> {
    let value = serde_json::to_value(content)
        .map_err(|error| Error::Config(format!("a message can't be written as JSON: {error}")))?;
    match value.get("template").and_then(Value::as_str) {
        Some(template) => Ok((template.to_owned(), value["parameters"].to_string())),
        None => Err(Error::Config("a message has no template".to_owned())),
    }
}

/// A content from its two columns.
pub(super) fn read(id: MessageId, template: &str, parameters: &str) -> Result<MessageContent> {
    let corrupt =
        |column, error: serde_json::Error| Error::corrupt("notification.messages", column, id, error);
    let parameters: Value = serde_json::from_str(parameters).map_err(|error| corrupt("parameters", error))?;
    serde_json::from_value(json!({ "template": template, "parameters": parameters }))
        .map_err(|error| corrupt("template", error))
}

#[cfg(test)]
mod tests {
    use foundation::Text;
    use notification_api::TextMessage;

    use super::*;

    #[test]
    fn what_was_written_is_read_and_what_nobody_wrote_names_its_row() {
        let content = MessageContent::Text(TextMessage {
            subject: Text::new("Room change").unwrap(),
            body: Text::new("We sit in B 12.\nBring your card.").unwrap(),
        });
        let (template, parameters) = write(&content).unwrap();
        let id = MessageId::from_uuid(uuid::Uuid::from_u128(7));
        assert_eq!(template, "text");
        assert_eq!(read(id, &template, &parameters).unwrap(), content);
        let error = read(id, "of_tomorrow", "{}").unwrap_err().to_string();
        assert!(
            error.contains("notification.messages.template") && error.contains(&id.to_string()),
            "{error}"
        );
    }
}
