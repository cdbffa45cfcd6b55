//! Writes down who changed what: in the audit log and in the outbox, in the transaction of the change.

use audit::Act;
use authz::Actor;
use db::Tx;
use foundation::{Id, IdKind};
use question_api::{BankId, Changed};
use serde_json::Value;

use crate::{QuestionService, SCHEMA};

/// Something that somebody did. Its name is one of `question_api::kinds`.
pub(crate) struct Change<'a> {
    pub actor: &'a Actor,
    pub kind: &'static str,
    pub bank: Option<BankId>,
    /// What changed, for facts.
    subject_id: Option<uuid::Uuid>,
    /// What changed, for the audit log.
    subject: (&'static str, String),
    /// What else is worth keeping. Never a question's text or key.
    pub detail: Value,
}

impl<'a> Change<'a> {
    /// A change of something with an id.
    pub(crate) fn of<K: IdKind>(
        actor: &'a Actor,
        kind: &'static str,
        bank: Option<BankId>,
        subject: Id<K>,
        detail: Value,
    ) -> Self {
        Self {
            actor,
            kind,
            bank,
            subject_id: Some(subject.uuid()),
            subject: (K::NAME, subject.to_string()),
            detail,
        }
    }

    /// A change of something that has another kind of name.
    pub(crate) const fn named(
        actor: &'a Actor,
        kind: &'static str,
        subject_kind: &'static str,
        subject: String,
        detail: Value,
    ) -> Self {
        Self { actor, kind, bank: None, subject_id: None, subject: (subject_kind, subject), detail }
    }
}

/// Writes a change down.
///
/// # Errors
/// When the database refuses; then the change must not be committed.
pub(crate) async fn record(service: &QuestionService, tx: &mut Tx, change: Change<'_>) -> db::Result<()> {
    let Change { actor, kind, bank, subject_id, subject, detail } = change;
    let (clock, random) = (&*service.clock, &*service.random);
    let act = Act { actor, action: kind, subject_kind: subject.0, subject_id: subject.1, detail };
    audit::record(tx, SCHEMA, clock, random, act).await?;
    events::record(tx, SCHEMA, clock, random, kind, &Changed { bank_id: bank, subject_id }).await
}
