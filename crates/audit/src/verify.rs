//! Walks the chain and reports the first break.

use db::Db;
use sqlx::{AssertSqlSafe, FromRow};

use crate::seal::Row;

/// Records read at a time.
const PAGE_RECORDS: i64 = 1_000;

/// What a walk over the chain found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every sealed record is as it was sealed.
    Whole {
        /// Sealed records.
        sealed: i64,
        /// Records that the sealer hasn't reached.
        unsealed: i64,
    },
    /// The record at `seq` is missing, was changed, or was put there.
    Broken {
        /// Where the chain first breaks.
        seq: i64,
    },
    /// The chain ends before its head: the tail was cut.
    Cut {
        /// The last record that is there.
        last: i64,
        /// The record that the head names.
        head: i64,
    },
}

#[derive(FromRow)]
struct Sealed {
    seq: i64,
    chain_hash: Vec<u8>,
    #[sqlx(flatten)]
    row: Row,
}

/// Recomputes the chain of `schema` from its start.
///
/// # Errors
/// When the database can't be read.
pub async fn verify(db: &Db, schema: &'static str) -> db::Result<Verdict> {
    let mut conn = db.read().await?;
    let (mut seq, mut hash) = (0_i64, Vec::new());
    loop {
        let page = format!(
            "SELECT seq, chain_hash, id, at, actor_kind, actor_id, action, subject_kind, subject_id, detail
             FROM {schema}.audit_log
             WHERE seq > $1
             ORDER BY seq
             LIMIT $2"
        );
        let page: Vec<Sealed> = db::on!(&mut conn, c => sqlx::query_as(AssertSqlSafe(page))
            .bind(seq)
            .bind(PAGE_RECORDS)
            .fetch_all(c)
            .await)?;
        if page.is_empty() {
            break;
        }
        for sealed in page {
            hash = sealed.row.chain(&hash, seq + 1);
            if sealed.seq != seq + 1 || sealed.chain_hash != hash {
                return Ok(Verdict::Broken { seq: seq + 1 });
            }
            seq += 1;
        }
    }
    let head = format!("SELECT seq FROM {schema}.audit_head WHERE only_row = 1");
    let head: Option<i64> =
        db::on!(&mut conn, c => sqlx::query_scalar(AssertSqlSafe(head)).fetch_optional(c).await)?;
    if head.unwrap_or(0) != seq {
        return Ok(Verdict::Cut { last: seq, head: head.unwrap_or(0) });
    }
    let unsealed = format!("SELECT count(*) FROM {schema}.audit_log WHERE seq IS NULL");
    let unsealed = db::on!(&mut conn, c => sqlx::query_scalar(AssertSqlSafe(unsealed)).fetch_one(c).await)?;
    Ok(Verdict::Whole { sealed: seq, unsealed })
}
