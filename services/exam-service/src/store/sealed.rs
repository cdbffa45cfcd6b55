//! `exam.sealed_papers`: written once, with the paper.

use db::{Conn, Result, Tx};
use exam_api::PaperId;
use sqlx::FromRow;

use super::{json, to_json};
use crate::domain::sealed::SealedFile;

/// A sealed paper without its content.
#[derive(Clone, Debug)]
pub struct SealedHead {
    /// SHA-256 of the sealed bytes.
    pub hash: Vec<u8>,
    /// How many bytes it has.
    pub bytes: i64,
    /// What opens it, sealed under the operator's secret.
    pub key_sealed: Vec<u8>,
    /// The pictures that go with it.
    pub media: Vec<SealedFile>,
}

/// Writes a sealed paper.
pub async fn insert(tx: &mut Tx, paper: PaperId, head: &SealedHead, content: &[u8]) -> Result<()> {
    let media = to_json(&head.media)?;
    db::on!(&mut **tx, c => sqlx::query(
        "INSERT INTO exam.sealed_papers (paper_id, sealed_hash, content, key_sealed, media)
         VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(paper)
    .bind(&head.hash)
    .bind(content)
    .bind(&head.key_sealed)
    .bind(media)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

#[derive(FromRow)]
struct Raw {
    hash: Vec<u8>,
    bytes: i64,
    key_sealed: Vec<u8>,
    media: String,
}

/// The sealed form of a paper; none of one that was published before papers were sealed.
pub async fn head(conn: &mut Conn, paper: PaperId) -> Result<Option<SealedHead>> {
    let raw: Option<Raw> = db::on!(conn, c => sqlx::query_as(
        "SELECT sealed_hash AS hash, CAST(LENGTH(content) AS BIGINT) AS bytes, key_sealed, media
         FROM exam.sealed_papers
         WHERE paper_id = $1",
    )
    .bind(paper)
    .fetch_optional(c)
    .await)?;
    raw.map(|Raw { hash, bytes, key_sealed, media }| {
        let media = json("exam.sealed_papers", "media", paper, media.as_bytes())?;
        Ok(SealedHead { hash, bytes, key_sealed, media })
    })
    .transpose()
}

/// The sealed bytes of this hash.
pub async fn content(conn: &mut Conn, hash: &[u8]) -> Result<Option<Vec<u8>>> {
    Ok(db::on!(conn, c => sqlx::query_scalar("SELECT content FROM exam.sealed_papers WHERE sealed_hash = $1")
        .bind(hash)
        .fetch_optional(c)
        .await)?)
}
