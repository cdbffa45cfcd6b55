//! `exam.files`.

use std::collections::BTreeSet;

use authz::AttemptId;
use db::{Conn, Result, Tx};
use exam_api::CandidateFileId;
use foundation::Instant;
use sqlx::FromRow;

/// A file that a candidate handed in.
#[derive(Clone, Debug, FromRow)]
pub struct FileRow {
    /// Its id.
    pub id: CandidateFileId,
    /// The attempt.
    pub attempt_id: AttemptId,
    /// Its name on the candidate's device.
    pub name: String,
    /// Its size.
    pub bytes: i64,
    /// Where its bytes lie in the file store.
    pub sha256: Vec<u8>,
    /// When it came.
    pub created_at: Instant,
}

/// Adds a file; false when there is one of this id.
pub async fn insert(tx: &mut Tx, file: &FileRow) -> Result<bool> {
    let added = db::on!(&mut **tx, c => sqlx::query(
        "INSERT INTO exam.files (id, attempt_id, name, bytes, sha256, created_at)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (id) DO NOTHING",
    )
    .bind(file.id)
    .bind(file.attempt_id)
    .bind(&file.name)
    .bind(file.bytes)
    .bind(&file.sha256)
    .bind(file.created_at)
    .execute(c)
    .await
    .map(|done| done.rows_affected()))?;
    Ok(added > 0)
}

/// The file of this id, whosever it is.
pub async fn of_id(conn: &mut Conn, id: CandidateFileId) -> Result<Option<FileRow>> {
    Ok(db::on!(conn, c => sqlx::query_as(
        "SELECT id, attempt_id, name, bytes, sha256, created_at FROM exam.files WHERE id = $1",
    )
    .bind(id)
    .fetch_optional(c)
    .await)?)
}

/// The file, if it is there and belongs to the attempt.
pub async fn find(conn: &mut Conn, attempt: AttemptId, id: CandidateFileId) -> Result<Option<FileRow>> {
    Ok(db::on!(conn, c => sqlx::query_as(
        "SELECT id, attempt_id, name, bytes, sha256, created_at
         FROM exam.files
         WHERE id = $1 AND attempt_id = $2",
    )
    .bind(id)
    .bind(attempt)
    .fetch_optional(c)
    .await)?)
}

/// The ids of an attempt's files.
pub async fn of_attempt(conn: &mut Conn, attempt: AttemptId) -> Result<BTreeSet<CandidateFileId>> {
    let ids: Vec<CandidateFileId> = db::on!(conn, c => sqlx::query_scalar("SELECT id FROM exam.files WHERE attempt_id = $1")
            .bind(attempt)
            .fetch_all(c)
            .await)?;
    Ok(ids.into_iter().collect())
}

/// How many files the attempt has.
pub async fn count(conn: &mut Conn, attempt: AttemptId) -> Result<i64> {
    Ok(db::on!(conn, c => sqlx::query_scalar("SELECT COUNT(*) FROM exam.files WHERE attempt_id = $1")
        .bind(attempt)
        .fetch_one(c)
        .await)?)
}
