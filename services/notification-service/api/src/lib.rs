//! What notification-service tells others: the ids and the wire types of messages.

mod message;

pub use authz::{AccountId, SittingId};
pub use message::{
    Body, Inbox, Message, MessageContent, MessageId, MessageIdKind, ResultsReleasedMessage,
    SittingCancelledMessage, SittingScheduledMessage, Subject, TextMessage,
};
