//! The facts that question-service publishes.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::BankId;

/// The kinds of facts, as they stand in the outbox; the audit log calls the same acts by the same names. The payload
/// of each is a [`Changed`](super::Changed).
pub mod kinds {
    /// A bank was made.
    pub const BANK_CREATED: &str = "question.bank_created";
    /// A bank's title, description or unit was changed.
    pub const BANK_UPDATED: &str = "question.bank_updated";
    /// A bank was put away.
    pub const BANK_ARCHIVED: &str = "question.bank_archived";
    /// A bank was taken out again.
    pub const BANK_UNARCHIVED: &str = "question.bank_unarchived";
    /// An empty bank was deleted.
    pub const BANK_DELETED: &str = "question.bank_deleted";
    /// A category was made.
    pub const CATEGORY_CREATED: &str = "question.category_created";
    /// A category was renamed or moved.
    pub const CATEGORY_UPDATED: &str = "question.category_updated";
    /// An empty category was deleted.
    pub const CATEGORY_DELETED: &str = "question.category_deleted";
    /// A question was made.
    pub const QUESTION_CREATED: &str = "question.question_created";
    /// A question got a new version, or was filed elsewhere.
    pub const QUESTION_SAVED: &str = "question.question_saved";
    /// A question was put away.
    pub const QUESTION_ARCHIVED: &str = "question.question_archived";
    /// A question was taken out again.
    pub const QUESTION_UNARCHIVED: &str = "question.question_unarchived";
    /// A draft was deleted.
    pub const QUESTION_DELETED: &str = "question.question_deleted";
    /// Questions came from a file.
    pub const QUESTIONS_IMPORTED: &str = "question.questions_imported";
    /// Questions were written to a file.
    pub const QUESTIONS_EXPORTED: &str = "question.questions_exported";
    /// Question versions went into papers.
    pub const QUESTIONS_FROZEN: &str = "question.questions_frozen";
    /// A stimulus was made.
    pub const STIMULUS_CREATED: &str = "question.stimulus_created";
    /// A stimulus got a new version, or its questions a new order.
    pub const STIMULUS_SAVED: &str = "question.stimulus_saved";
    /// A stimulus that no question used was deleted.
    pub const STIMULUS_DELETED: &str = "question.stimulus_deleted";
    /// A picture was uploaded.
    pub const MEDIA_UPLOADED: &str = "question.media_uploaded";
}

/// Something of question-service's changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    /// The bank that it belongs to, if to one.
    pub bank_id: Option<BankId>,
    /// What changed: a question, a category, …; the bank itself for what concerns many questions.
    pub subject_id: Option<Uuid>,
}
