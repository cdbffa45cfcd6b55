//! `exam.papers` and `exam.paper_keys`. Written once, never updated.

use db::{Conn, Error, Result, Tx};
use exam_api::{PaperId, PublicationId};
use foundation::Points;
use sha2::{Digest as _, Sha256};
use sqlx::FromRow;

use super::json;
use crate::domain::paper::{Paper, PaperKeys};

/// A paper without its content.
#[derive(Clone, Debug, FromRow)]
pub struct PaperHead {
    /// Its id.
    pub id: PaperId,
    /// Its form, from 1.
    pub form_no: i64,
    /// Questions that are answered.
    pub question_count: i64,
    /// What a perfect attempt scores.
    pub points_max: Points,
}

/// Freezes a paper and its keys.
pub async fn insert(
    tx: &mut Tx,
    id: PaperId,
    publication: PublicationId,
    form_no: i64,
    paper: &Paper,
    keys: &PaperKeys,
) -> Result<()> {
    let unwritable = |error| Error::Config(format!("the paper can't be written as JSON: {error}"));
    let (content, hash) = paper.freeze().map_err(unwritable)?;
    let keys = serde_json::to_vec(keys).map_err(unwritable)?;
    db::on!(&mut **tx, c => sqlx::query(
        "INSERT INTO exam.papers (id, publication_id, form_no, content, content_hash, question_count, points_max)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(id)
    .bind(publication)
    .bind(form_no)
    .bind(content)
    .bind(hash.to_vec())
    .bind(i64::from(paper.question_count()))
    .bind(paper.points_max())
    .execute(c)
    .await
    .map(|_| ()))?;
    db::on!(&mut **tx, c => sqlx::query(
        "INSERT INTO exam.paper_keys (paper_id, version, content) VALUES ($1, 1, $2)",
    )
    .bind(id)
    .bind(keys)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// The paper's content, checked against its hash.
pub async fn content(conn: &mut Conn, id: PaperId) -> Result<Option<Paper>> {
    let row: Option<(Vec<u8>, Vec<u8>)> = db::on!(conn, c => sqlx::query_as(
        "SELECT content, content_hash FROM exam.papers WHERE id = $1",
    )
    .bind(id)
    .fetch_optional(c)
    .await)?;
    let Some((content, hash)) = row else { return Ok(None) };
    if Sha256::digest(&content).as_slice() != hash {
        return Err(Error::corrupt("exam.papers", "content", id, "the content doesn't have its hash"));
    }
    json("exam.papers", "content", id, &content).map(Some)
}

/// The newest version of the paper's keys, and its number.
pub async fn keys(conn: &mut Conn, id: PaperId) -> Result<Option<(i64, PaperKeys)>> {
    let row: Option<(i64, Vec<u8>)> = db::on!(conn, c => sqlx::query_as(
        "SELECT version, content
         FROM exam.paper_keys
         WHERE paper_id = $1
         ORDER BY version DESC
         LIMIT 1",
    )
    .bind(id)
    .fetch_optional(c)
    .await)?;
    row.map(|(version, content)| Ok((version, json("exam.paper_keys", "content", id, &content)?))).transpose()
}

/// The forms of a publication, by number.
pub async fn forms(conn: &mut Conn, publication: PublicationId) -> Result<Vec<PaperHead>> {
    Ok(db::on!(conn, c => sqlx::query_as(
        "SELECT id, form_no, question_count, points_max
         FROM exam.papers
         WHERE publication_id = $1
         ORDER BY form_no",
    )
    .bind(publication)
    .fetch_all(c)
    .await)?)
}
