//! `exam.journal` as evidence: what happened in an attempt, without what was answered.

use authz::AttemptId;
use db::{Conn, Error, Result};
use foundation::Instant;
use question_model::QuestionVersionId;
use receipts::{Bytes, Hash, Taking};
use sqlx::FromRow;

use crate::domain::admission::EntryStatus;

/// Something that happened in an attempt.
#[derive(Clone, Debug)]
pub struct JournalAct {
    /// The lease that acted.
    pub lease_no: i64,
    /// Its place in the lease; below 1 for the server's own acts.
    pub seq: i64,
    /// `response`, or the name of a server's act.
    pub kind: String,
    /// The question answered.
    pub question_id: Option<QuestionVersionId>,
    /// How it was taken.
    pub status: EntryStatus,
    /// When its handler began.
    pub taken_at: Instant,
    /// When an officer let it count.
    pub admitted_at: Option<Instant>,
    /// Its leaf in its batch.
    pub leaf: Hash,
}

#[derive(FromRow)]
struct Raw {
    lease_no: i64,
    seq: i64,
    kind: String,
    question_id: Option<QuestionVersionId>,
    status: String,
    taken_at: Instant,
    admitted_at: Option<Instant>,
    entry_hash: Vec<u8>,
    nonce: Vec<u8>,
}

/// The acts of an attempt in the order of `(lease_no, seq)`, `after` the last one seen; at most `limit`.
pub async fn of_attempt(
    conn: &mut Conn,
    attempt: AttemptId,
    after: Option<(i64, i64)>,
    limit: i64,
) -> Result<Vec<JournalAct>> {
    let (lease_no, seq) = after.unwrap_or((i64::MIN, i64::MIN));
    let raws: Vec<Raw> = db::on!(conn, c => sqlx::query_as(
        "SELECT lease_no, seq, kind, question_id, status, taken_at, admitted_at, entry_hash, nonce
         FROM exam.journal
         WHERE attempt_id = $1 AND (lease_no > $2 OR (lease_no = $2 AND seq > $3))
         ORDER BY lease_no, seq
         LIMIT $4",
    )
    .bind(attempt)
    .bind(lease_no)
    .bind(seq)
    .bind(limit)
    .fetch_all(c)
    .await)?;
    raws.into_iter()
        .map(|raw| {
            let corrupt = |column| Error::corrupt("exam.journal", column, attempt, "of the wrong length");
            let entry_hash = raw.entry_hash.try_into().map(Bytes).map_err(|_| corrupt("entry_hash"))?;
            let nonce = raw.nonce.try_into().map(Bytes).map_err(|_| corrupt("nonce"))?;
            let taking = Taking { status: &raw.status, received_at: raw.taken_at, nonce };
            Ok(JournalAct {
                leaf: taking.leaf(&entry_hash),
                status: EntryStatus::named(&raw.status)
                    .ok_or_else(|| Error::corrupt("exam.journal", "status", attempt, &raw.status))?,
                lease_no: raw.lease_no,
                seq: raw.seq,
                kind: raw.kind,
                question_id: raw.question_id,
                taken_at: raw.taken_at,
                admitted_at: raw.admitted_at,
            })
        })
        .collect()
}
