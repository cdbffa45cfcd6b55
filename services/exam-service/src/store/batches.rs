//! `exam.journal_batches`: one signed row for each durable commit of a writer; appended to, never updated.

use db::{Conn, Error, Result, Tx};
use foundation::Instant;
use receipts::{Bytes, Hash, Head};
use sqlx::FromRow;
use uuid::Uuid;

use crate::domain::entry::BatchKey;

/// Bytes of a leaf.
const LEAF_BYTES: usize = 32;

#[derive(FromRow)]
struct Raw {
    chain_id: Uuid,
    batch_no: i64,
    taken_at: Instant,
    entries: i64,
    root_hash: Vec<u8>,
    previous_root: Vec<u8>,
    key_id: String,
    signature: Vec<u8>,
    leaves: Vec<u8>,
}

impl Raw {
    fn read(self) -> Result<(Head, Vec<Hash>)> {
        let id = format!("{}/{}", self.chain_id, self.batch_no);
        let corrupt = |column| Error::corrupt("exam.journal_batches", column, &id, "of the wrong length");
        let head = Head {
            chain_id: self.chain_id,
            batch_no: self.batch_no,
            taken_at: self.taken_at,
            entries: u64::try_from(self.entries).map_err(|_| corrupt("entries"))?,
            root: bytes(&self.root_hash).ok_or_else(|| corrupt("root_hash"))?,
            previous_root: bytes(&self.previous_root).ok_or_else(|| corrupt("previous_root"))?,
            key_id: self.key_id,
            signature: bytes(&self.signature).ok_or_else(|| corrupt("signature"))?,
        };
        let leaves = self.leaves.chunks(LEAF_BYTES).map(bytes).collect::<Option<_>>();
        Ok((head, leaves.ok_or_else(|| corrupt("leaves"))?))
    }
}

fn bytes<const N: usize>(from: &[u8]) -> Option<Bytes<N>> {
    from.try_into().ok().map(Bytes)
}

/// Writes a batch's row.
pub async fn insert(tx: &mut Tx, head: &Head, leaves: &[Hash]) -> Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "INSERT INTO exam.journal_batches (chain_id, batch_no, taken_at, entries, root_hash, previous_root, key_id,
             signature, leaves)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(head.chain_id)
    .bind(head.batch_no)
    .bind(head.taken_at)
    .bind(i64::try_from(head.entries).unwrap_or(i64::MAX))
    .bind(head.root.0.to_vec())
    .bind(head.previous_root.0.to_vec())
    .bind(&head.key_id)
    .bind(head.signature.0.to_vec())
    .bind(leaves.iter().flat_map(|leaf| leaf.0).collect::<Vec<u8>>())
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// A batch: its head, and its leaves in their order.
pub async fn find(conn: &mut Conn, (chain, batch_no): BatchKey) -> Result<Option<(Head, Vec<Hash>)>> {
    let raw: Option<Raw> = db::on!(conn, c => sqlx::query_as(
        "SELECT chain_id, batch_no, taken_at, entries, root_hash, previous_root, key_id, signature, leaves
         FROM exam.journal_batches
         WHERE chain_id = $1 AND batch_no = $2",
    )
    .bind(chain)
    .bind(batch_no)
    .fetch_optional(c)
    .await)?;
    raw.map(Raw::read).transpose()
}

/// A page of all batches in the order of `(chain, number)`, `after` the last one seen; at most `limit`.
pub async fn page(conn: &mut Conn, after: Option<BatchKey>, limit: i64) -> Result<Vec<(Head, Vec<Hash>)>> {
    let (chain, batch_no) = after.unwrap_or((Uuid::nil(), i64::MIN));
    let raws: Vec<Raw> = db::on!(conn, c => sqlx::query_as(
        "SELECT chain_id, batch_no, taken_at, entries, root_hash, previous_root, key_id, signature, leaves
         FROM exam.journal_batches
         WHERE (chain_id, batch_no) > ($1, $2)
         ORDER BY chain_id, batch_no
         LIMIT $3",
    )
    .bind(chain)
    .bind(batch_no)
    .bind(limit)
    .fetch_all(c)
    .await)?;
    raws.into_iter().map(Raw::read).collect()
}

/// The last batch of each chain.
pub async fn last(conn: &mut Conn) -> Result<Vec<BatchKey>> {
    Ok(db::on!(conn, c => sqlx::query_as(
        "SELECT chain_id, MAX(batch_no) FROM exam.journal_batches GROUP BY chain_id ORDER BY chain_id",
    )
    .fetch_all(c)
    .await)?)
}

/// What the audit log says of a chain: how far it had come, and the root it had there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// The batch.
    pub batch: BatchKey,
    /// Its root.
    pub root: Hash,
}

#[derive(FromRow)]
struct RawAnchor {
    subject_id: String,
    detail: String,
}

#[derive(serde::Serialize, serde::Deserialize)]
struct AnchorDetail {
    batch_no: i64,
    root: Hash,
}

impl Anchor {
    /// The act that records one in the audit log.
    pub const ACTION: &str = "journal.anchored";

    /// What the record's subject and detail say.
    pub fn record(&self) -> Result<(String, serde_json::Value)> {
        let detail = AnchorDetail { batch_no: self.batch.1, root: self.root };
        let detail = serde_json::to_value(detail).map_err(|error| Error::Config(error.to_string()))?;
        Ok((self.batch.0.to_string(), detail))
    }
}

/// Every anchor, in the order of their records.
pub async fn anchors(conn: &mut Conn) -> Result<Vec<Anchor>> {
    let raws: Vec<RawAnchor> = db::on!(conn, c => sqlx::query_as(
        "SELECT subject_id, detail FROM exam.audit_log WHERE action = $1 ORDER BY at, id",
    )
    .bind(Anchor::ACTION)
    .fetch_all(c)
    .await)?;
    raws.into_iter()
        .map(|raw| {
            let corrupt = || Error::corrupt("exam.audit_log", "detail", &raw.subject_id, "no anchor");
            let chain = raw.subject_id.parse().map_err(|_| corrupt())?;
            let AnchorDetail { batch_no, root } = serde_json::from_str(&raw.detail).map_err(|_| corrupt())?;
            Ok(Anchor { batch: (chain, batch_no), root })
        })
        .collect()
}
