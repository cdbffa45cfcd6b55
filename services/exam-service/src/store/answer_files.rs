//! `exam.answer_files`: what came by hand because no network did.

use std::collections::HashMap;

use authz::{AccountId, AttemptId};
use db::{Conn, Result, Tx};
use exam_api::AnswerFileId;
use foundation::Instant;
use receipts::Hash;
use sqlx::FromRow;

/// An answer file's row.
#[derive(Clone, Debug)]
pub struct AnswerFileRow {
    /// Its id.
    pub id: AnswerFileId,
    /// The attempt.
    pub attempt_id: AttemptId,
    /// The hash of its bytes.
    pub sha256: Hash,
    /// The lease of the device that made it.
    pub lease_no: i64,
    /// When it was made, by the device's word.
    pub made_at: Instant,
    /// How many entries it holds.
    pub entries: i64,
    /// For how many entries the device held receipts.
    pub held: i64,
    /// The newest of these receipts, as JSON.
    pub proof: Option<String>,
    /// When it was taken in.
    pub taken_at: Instant,
    /// By whom.
    pub taken_by: Option<AccountId>,
}

/// Notes a file; false when the same one was noted before.
pub async fn insert(tx: &mut Tx, file: &AnswerFileRow) -> Result<bool> {
    let rows = db::on!(&mut **tx, c => sqlx::query(
        "INSERT INTO exam.answer_files (id, attempt_id, sha256, lease_no, made_at, entries, held, proof, taken_at,
             taken_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         ON CONFLICT (attempt_id, sha256) DO NOTHING",
    )
    .bind(file.id)
    .bind(file.attempt_id)
    .bind(file.sha256.0.to_vec())
    .bind(file.lease_no)
    .bind(file.made_at)
    .bind(file.entries)
    .bind(file.held)
    .bind(file.proof.as_deref())
    .bind(file.taken_at)
    .bind(file.taken_by)
    .execute(c)
    .await
    .map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}

/// Notes that an entry comes by `file`, unless it is in the journal already or comes by another file.
pub async fn insert_entry(
    tx: &mut Tx,
    attempt: AttemptId,
    (lease_no, seq): (i64, i64),
    file: AnswerFileId,
    written_at: Option<Instant>,
) -> Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "INSERT INTO exam.answer_file_entries (attempt_id, lease_no, seq, file_id, written_at)
         SELECT $1, $2, $3, $4, $5
         WHERE NOT EXISTS (SELECT 1 FROM exam.journal WHERE attempt_id = $1 AND lease_no = $2 AND seq = $3)
         ON CONFLICT (attempt_id, lease_no, seq) DO NOTHING",
    )
    .bind(attempt)
    .bind(lease_no)
    .bind(seq)
    .bind(file)
    .bind(written_at)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

#[derive(FromRow)]
struct Written {
    lease_no: i64,
    seq: i64,
    written_at: Option<Instant>,
}

/// The entries of an attempt that came by a file, by lease and place, and when they were written by the device's word; at
/// most `limit`.
pub async fn entries_of(
    conn: &mut Conn,
    attempt: AttemptId,
    limit: i64,
) -> Result<HashMap<(i64, i64), Option<Instant>>> {
    let rows: Vec<Written> = db::on!(conn, c => sqlx::query_as(
        "SELECT lease_no, seq, written_at
         FROM exam.answer_file_entries
         WHERE attempt_id = $1
         ORDER BY lease_no, seq
         LIMIT $2",
    )
    .bind(attempt)
    .bind(limit)
    .fetch_all(c)
    .await)?;
    Ok(rows.into_iter().map(|row| ((row.lease_no, row.seq), row.written_at)).collect())
}
