//! Messages, as their readers get them.

use authz::SittingId;
use foundation::{Id, IdKind, Instant, Text};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a message is about.
pub type Subject = Text<1, 200>;
/// What somebody writes.
pub type Body = Text<1, 5_000>;

/// Names a message.
pub enum MessageIdKind {}
impl IdKind for MessageIdKind {
    const NAME: &'static str = "message";
}
/// A message; newer ones sort behind older ones.
pub type MessageId = Id<MessageIdKind>;

/// What a message says: a template, which the reader's browser turns into their language, and its parameters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "template", content = "parameters", rename_all = "snake_case")]
pub enum MessageContent {
    /// The reader's results can be seen.
    ResultsReleased(ResultsReleasedMessage),
    /// The reader is to sit an exam, or its time has changed.
    SittingScheduled(SittingScheduledMessage),
    /// The reader needn't come: a sitting was called off.
    SittingCancelled(SittingCancelledMessage),
    /// What somebody of the staff wrote, in their own words.
    Text(TextMessage),
}

/// Parameters of [`MessageContent::ResultsReleased`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ResultsReleasedMessage {
    /// The sitting.
    pub sitting_id: SittingId,
    /// Its title.
    pub title: String,
}

/// Parameters of [`MessageContent::SittingScheduled`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SittingScheduledMessage {
    /// The sitting.
    pub sitting_id: SittingId,
    /// Its title.
    pub title: String,
    /// When it opens.
    pub opens_at: Instant,
}

/// Parameters of [`MessageContent::SittingCancelled`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SittingCancelledMessage {
    /// The sitting.
    pub sitting_id: SittingId,
    /// Its title.
    pub title: String,
}

/// Parameters of [`MessageContent::Text`]: plain text, shown as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TextMessage {
    /// What it is about.
    pub subject: Subject,
    /// What it says; line breaks are kept.
    pub body: Body,
}

/// A message, as its reader gets it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// When it was sent.
    pub sent_at: Instant,
    /// When the reader has read it; null until then.
    pub read_at: Option<Instant>,
    /// What it says.
    #[serde(flatten)]
    pub content: MessageContent,
}

/// A page of the reader's messages, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Inbox {
    /// The messages.
    pub items: Vec<Message>,
    /// Pass as `after` to get the page behind this one; null on the last.
    pub next: Option<String>,
    /// Messages that the reader hasn't read, on all pages; 1,000 stands for all that is more.
    pub unread: i64,
}
