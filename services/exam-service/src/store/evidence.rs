//! `exam.journal` as it is verified: every entry with all that its leaf is made of.

use db::{Conn, Error, Result};
use foundation::Instant;
use receipts::{Bytes, Entry, Hash, Taking, payload_hash};
use sqlx::FromRow;
use uuid::Uuid;

use crate::{domain::entry::BatchKey, store::journal::EntryKey};

/// An entry as it stands.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// What names it.
    pub key: EntryKey,
    /// The batch that it says took it in.
    pub batch: BatchKey,
    /// Its leaf, computed from its status, its time, its nonce, and its hash.
    pub leaf: Hash,
    /// Whether its hash is that of what it says; none when its payload was erased, and only the hash is left.
    pub says_what_was_hashed: Option<bool>,
}

#[derive(FromRow)]
struct Raw {
    attempt_id: Uuid,
    lease_no: i64,
    seq: i64,
    kind: String,
    question_id: Option<Uuid>,
    status: String,
    taken_at: Instant,
    payload: Option<Vec<u8>>,
    entry_hash: Vec<u8>,
    nonce: Vec<u8>,
    chain_id: Uuid,
    batch_no: i64,
}

/// A page of all entries in the order of their keys, `after` the last one seen; at most `limit`.
pub async fn page(conn: &mut Conn, after: Option<EntryKey>, limit: i64) -> Result<Vec<Evidence>> {
    let (attempt, lease_no, seq) = after
        .map_or((Uuid::nil(), i64::MIN, i64::MIN), |(attempt, lease_no, seq)| {
            (attempt.uuid(), lease_no, seq)
        });
    let raws: Vec<Raw> = db::on!(conn, c => sqlx::query_as(
        "SELECT attempt_id, lease_no, seq, kind, question_id, status, taken_at, payload, entry_hash, nonce, chain_id,
                batch_no
         FROM exam.journal
         WHERE (attempt_id, lease_no, seq) > ($1, $2, $3)
         ORDER BY attempt_id, lease_no, seq
         LIMIT $4",
    )
    .bind(attempt)
    .bind(lease_no)
    .bind(seq)
    .bind(limit)
    .fetch_all(c)
    .await)?;
    raws.into_iter().map(read).collect()
}

fn read(raw: Raw) -> Result<Evidence> {
    let corrupt = |column| Error::corrupt("exam.journal", column, raw.attempt_id, "of the wrong length");
    let entry_hash = raw.entry_hash.try_into().map(Bytes).map_err(|_| corrupt("entry_hash"))?;
    let nonce = raw.nonce.try_into().map(Bytes).map_err(|_| corrupt("nonce"))?;
    let is_response = raw.kind == "response";
    let payload = match &raw.payload {
        Some(payload) => Some(payload.as_slice()),
        None if is_response => None,
        None => Some(&[][..]),
    };
    let says_what_was_hashed = payload.map(|payload| {
        let entry = Entry {
            attempt: raw.attempt_id,
            lease_no: raw.lease_no,
            seq: raw.seq,
            kind: &raw.kind,
            question: raw.question_id,
            payload_hash: payload_hash(payload),
        };
        entry.hash() == entry_hash
    });
    let taking = Taking { status: &raw.status, received_at: raw.taken_at, nonce };
    Ok(Evidence {
        key: (authz::AttemptId::from_uuid(raw.attempt_id), raw.lease_no, raw.seq),
        batch: (raw.chain_id, raw.batch_no),
        leaf: taking.leaf(&entry_hash),
        says_what_was_hashed,
    })
}
