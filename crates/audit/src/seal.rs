//! Chains audit records: each hash covers the record and the hash before it.

use db::Db;
use foundation::Instant;
use sha2::{Digest as _, Sha256};
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;

/// Records sealed in one transaction.
const SEAL_RECORDS_MAX: i64 = 1_000;
/// The advisory lock of the sealer on PostgreSQL: one sealer a schema at a time.
const SEAL_LOCK: i64 = 0x5345_414c;

#[derive(Debug, FromRow)]
pub(crate) struct Row {
    pub id: Uuid,
    pub at: Instant,
    pub actor_kind: String,
    pub actor_id: Option<Uuid>,
    pub action: String,
    pub subject_kind: String,
    pub subject_id: String,
    pub detail: String,
}

impl Row {
    /// SHA-256 over the hash before, the sequence number and every field with its length in front.
    pub(crate) fn chain(&self, previous: &[u8], seq: i64) -> Vec<u8> {
        let mut hash = Sha256::new();
        let actor = self.actor_id.map(|id| id.as_bytes().to_vec()).unwrap_or_default();
        let fields: [&[u8]; 10] = [
            previous,
            &seq.to_be_bytes(),
            self.id.as_bytes(),
            &self.at.as_micros().to_be_bytes(),
            self.actor_kind.as_bytes(),
            &actor,
            self.action.as_bytes(),
            self.subject_kind.as_bytes(),
            self.subject_id.as_bytes(),
            self.detail.as_bytes(),
        ];
        for field in fields {
            hash.update((field.len() as u64).to_be_bytes());
            hash.update(field);
        }
        hash.finalize().to_vec()
    }
}

/// Seals the records of `schema` that aren't sealed yet; answers how many.
///
/// # Errors
/// When the database refuses; then nothing was sealed.
pub async fn seal(db: &Db, schema: &'static str) -> db::Result<usize> {
    let unsealed = format!("SELECT count(*) FROM {schema}.audit_log WHERE seq IS NULL");
    let mut conn = db.read().await?;
    let waiting: i64 =
        db::on!(&mut conn, c => sqlx::query_scalar(AssertSqlSafe(unsealed)).fetch_one(c).await)?;
    drop(conn);
    if waiting == 0 {
        return Ok(0);
    }

    let mut tx = db.begin().await?;
    let locked = match &mut *tx {
        db::Conn::Sqlite(_) => true,
        db::Conn::Postgres(conn) => {
            sqlx::query_scalar("SELECT pg_try_advisory_xact_lock($1, hashtext($2))")
                .bind(i32::try_from(SEAL_LOCK).unwrap_or(0))
                .bind(schema)
                .fetch_one(&mut **conn)
                .await?
        }
    };
    if !locked {
        return Ok(0);
    }
    let head = format!("SELECT seq, chain_hash FROM {schema}.audit_head WHERE only_row = 1");
    let head: Option<(i64, Vec<u8>)> =
        db::on!(&mut *tx, c => sqlx::query_as(AssertSqlSafe(head)).fetch_optional(c).await)?;
    let (mut seq, mut hash) = head.unwrap_or((0, Vec::new()));

    let rows = format!(
        "SELECT id, at, actor_kind, actor_id, action, subject_kind, subject_id, detail
         FROM {schema}.audit_log
         WHERE seq IS NULL
         ORDER BY id
         LIMIT $1"
    );
    let rows: Vec<Row> = db::on!(&mut *tx, c => sqlx::query_as(AssertSqlSafe(rows))
        .bind(SEAL_RECORDS_MAX)
        .fetch_all(c)
        .await)?;
    for row in &rows {
        seq += 1;
        hash = row.chain(&hash, seq);
        let update = format!("UPDATE {schema}.audit_log SET seq = $1, chain_hash = $2 WHERE id = $3");
        db::on!(&mut *tx, c => sqlx::query(AssertSqlSafe(update))
            .bind(seq)
            .bind(&hash)
            .bind(row.id)
            .execute(c)
            .await
            .map(|_| ()))?;
    }
    let head = format!(
        "INSERT INTO {schema}.audit_head (only_row, seq, chain_hash)
         VALUES (1, $1, $2)
         ON CONFLICT (only_row) DO UPDATE SET seq = excluded.seq, chain_hash = excluded.chain_hash"
    );
    db::on!(&mut *tx, c => sqlx::query(AssertSqlSafe(head)).bind(seq).bind(&hash).execute(c).await.map(|_| ()))?;
    tx.commit().await?;
    Ok(rows.len())
}
