//! A candidate's answers are saved: the way that everything else is built around.

use authz::{Actor, AttemptId};
use foundation::{FieldProblem, Problem};
use question_model::{QuestionVersionId, Response};

use super::load::{no_such_attempt, own};
use crate::{
    ExamService,
    app::writer::{Command, EntryToSave, Outcome, Saved},
    domain::entry::{EntryContent, leaf},
};

/// The largest response, in bytes of JSON.
pub const RESPONSE_BYTES_MAX: usize = 64 * 1024;
/// Entries in one save.
pub const SAVE_ENTRIES_MAX: usize = 200;

/// A response as it came.
#[derive(Clone, Debug)]
pub struct SentEntry {
    /// Its place in the lease, from 1.
    pub seq: i64,
    /// The question.
    pub question: QuestionVersionId,
    /// Its exact bytes.
    pub payload: Vec<u8>,
}

/// Takes `entries` into the journal, and answers once the disk has them.
///
/// # Errors
/// 404 for somebody else's attempt; 422 for what can't be a response; 503 when it can't be written.
pub async fn save_responses(
    service: &ExamService,
    actor: &Actor,
    id: AttemptId,
    lease_no: i64,
    entries: Vec<SentEntry>,
) -> Result<Saved, Problem> {
    own(actor, id)?;
    let at = service.clock.now();
    check(&entries)?;
    let entries = entries
        .into_iter()
        .map(|entry| {
            let content = EntryContent {
                attempt: id,
                lease_no,
                seq: entry.seq,
                kind: "response",
                question: Some(entry.question),
                payload: &entry.payload,
            };
            let entry_hash = content.hash();
            let mut nonce = [0; 16];
            service.random.fill(&mut nonce);
            EntryToSave {
                seq: entry.seq,
                question: entry.question,
                entry_hash,
                leaf_hash: leaf(&entry_hash, &nonce),
                nonce,
                payload: entry.payload,
            }
        })
        .collect();
    match service.writer.run(Command::Save { attempt: id, lease_no, at, entries }).await? {
        Outcome::Saved(saved) => Ok(saved),
        _ => Err(no_such_attempt()),
    }
}

/// Whether these can be responses at all. Whether they fit their questions is seen when they are marked: nothing that
/// a candidate gave is turned away for that.
fn check(entries: &[SentEntry]) -> Result<(), Problem> {
    let mut errors = Vec::new();
    if entries.is_empty() || entries.len() > SAVE_ENTRIES_MAX {
        errors.push(FieldProblem::at(
            "entries",
            "count",
            format!("Send 1 to {SAVE_ENTRIES_MAX} entries at a time."),
        ));
    }
    for (index, entry) in entries.iter().enumerate() {
        if entry.seq < 1 {
            errors.push(FieldProblem::at(format!("entries[{index}].seq"), "range", "Entries count from 1."));
        }
        let field = format!("entries[{index}].response");
        if entry.payload.len() > RESPONSE_BYTES_MAX {
            let message = format!("A response has at most {RESPONSE_BYTES_MAX} bytes.");
            errors.push(FieldProblem::at(field, "too_large", message));
        } else if let Err(error) = serde_json::from_slice::<Response>(&entry.payload) {
            errors.push(FieldProblem::at(field, "invalid", error.to_string()));
        }
    }
    if errors.is_empty() {
        Ok(())
    } else {
        Err(Problem::invalid("exam.save_invalid", "What was sent can't be saved; see `errors`.", errors))
    }
}
