//! A candidate's answers are saved: the way that everything else is built around.

use authz::{Actor, AttemptId};
use foundation::{FieldProblem, Problem};
use question_model::{QuestionVersionId, Response};
use receipts::{Bytes, Proof, payload_hash};

use super::load::{no_such_attempt, own};
use crate::{
    ExamService,
    app::{
        receipts::{proof, response_hash},
        writer::{AttemptStatus, Command, EntryFate, EntryToSave, Outcome, Saved, SavedEntry},
    },
    domain::{admission::Refused, entry::Held},
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

/// What became of a save.
#[derive(Debug)]
pub struct SavedResponses {
    /// How the attempt stands.
    pub status: AttemptStatus,
    /// What the journal holds, now or from before.
    pub held: Vec<HeldEntry>,
    /// The places of entries under which the journal holds others; those were not overwritten.
    pub conflicts: Vec<i64>,
    /// Why entries weren't kept, if any weren't.
    pub refused: Option<Refused>,
}

/// An entry in the journal, with what proves it.
#[derive(Debug)]
pub struct HeldEntry {
    /// Its place in the lease.
    pub seq: i64,
    /// Its question.
    pub question: QuestionVersionId,
    /// How it was taken.
    pub held: Held,
    /// How it leads to a signed head.
    pub proof: Proof,
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
) -> Result<SavedResponses, Problem> {
    own(actor, id)?;
    let at = service.clock.now();
    check(&entries)?;
    let entries = hashed(service, id, lease_no, entries);
    match service.writer.run(Command::Save { attempt: id, lease_no, at, entries }).await? {
        Outcome::Saved(saved) => proven(service, saved).await,
        _ => Err(no_such_attempt()),
    }
}

/// The entries as the writer takes them.
pub(crate) fn hashed(
    service: &ExamService,
    id: AttemptId,
    lease_no: i64,
    entries: Vec<SentEntry>,
) -> Vec<EntryToSave> {
    let hashed = |entry| {
        let SentEntry { seq, question, payload } = entry;
        let payload_hash = payload_hash(&payload);
        let entry_hash = response_hash(id, lease_no, seq, question, payload_hash);
        let mut nonce = [0; 16];
        service.random.fill(&mut nonce);
        EntryToSave { seq, question, payload, payload_hash, entry_hash, nonce: Bytes(nonce) }
    };
    entries.into_iter().map(hashed).collect()
}

async fn proven(service: &ExamService, Saved { status, entries }: Saved) -> Result<SavedResponses, Problem> {
    let mut saved = SavedResponses { status, held: Vec::new(), conflicts: Vec::new(), refused: None };
    for SavedEntry { seq, question, payload_hash, fate } in entries {
        match fate {
            EntryFate::Held(held) => {
                let proof = proof(service, &held, payload_hash).await?;
                saved.held.push(HeldEntry { seq, question, held, proof });
            }
            EntryFate::Conflict => saved.conflicts.push(seq),
            EntryFate::Refused(why) => saved.refused = Some(why),
        }
    }
    Ok(saved)
}

/// Whether these can be responses at all. Whether they fit their questions is seen when they are marked: nothing that
/// a candidate gave is turned away for that.
///
/// # Errors
/// 422 naming every entry that can't.
pub(crate) fn check(entries: &[SentEntry]) -> Result<(), Problem> {
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
