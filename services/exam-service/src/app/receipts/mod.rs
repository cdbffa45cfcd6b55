//! Receipts: the keys that sign them, and what they are made of.

pub mod batches;
pub mod keys;

use authz::AttemptId;
use foundation::Problem;
use question_model::QuestionVersionId;
use receipts::{Entry, Hash, Proof};

use crate::{ExamService, domain::entry::Held};

/// The hash of an entry that a device sent.
pub fn response_hash(
    attempt: AttemptId,
    lease_no: i64,
    seq: i64,
    question: QuestionVersionId,
    payload_hash: Hash,
) -> Hash {
    let question = Some(question.uuid());
    Entry { attempt: attempt.uuid(), lease_no, seq, kind: "response", question, payload_hash }.hash()
}

/// How an entry leads to its batch's signed head.
///
/// # Errors
/// When the journal doesn't hold its batch, or the batch doesn't hold its leaf: then the journal is damaged.
pub async fn proof(service: &ExamService, held: &Held, payload_hash: Hash) -> Result<Proof, Problem> {
    let batch = service.batches.get(&service.db, held.batch).await?;
    let leaf = held.leaf();
    let index = batch.tree.leaves().iter().position(|one| *one == leaf);
    let index =
        index.ok_or_else(|| Problem::internal(format!("batch {:?} holds no such leaf", held.batch)))?;
    Ok(Proof {
        payload_hash,
        nonce: held.nonce,
        leaf_index: index as u64,
        path: batch.tree.path(index),
        head: batch.head.clone(),
    })
}
