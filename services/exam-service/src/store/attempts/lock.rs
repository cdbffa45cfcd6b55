//! Reading attempts under a lock that a closing attempt can't pass.

use std::{collections::HashMap, sync::Arc};

use authz::{AccountId, AttemptId, SittingId};
use db::{
    Result, Tx,
    rows::{ROWS_MAX, Texts},
};
use exam_api::PaperId;
use foundation::{Instant, Span};
use sqlx::{AssertSqlSafe, FromRow, postgres::PgRow, sqlite::SqliteRow};
use uuid::Uuid;

use super::{AttemptRow, COLUMNS, Raw, TABLE};
use crate::{
    domain::{attempt::Gate, time::ExtraTime},
    store::named,
};

/// What a save needs to know of an attempt, read under a lock that a closing attempt can't pass.
#[derive(Clone, Copy, Debug)]
pub struct Locked {
    /// What decides whether it takes entries.
    pub gate: Gate,
    /// Its paper.
    pub paper_id: PaperId,
    /// What it gets on top.
    pub extra: ExtraTime,
    /// Its fixed partition day.
    pub partition_day: i64,
    /// Its sitting.
    pub sitting_id: SittingId,
    /// Its candidate.
    pub candidate_id: AccountId,
    /// When its working time ends.
    pub deadline: Option<Instant>,
    /// Counts every change but entries.
    pub version: i64,
}

impl Locked {
    /// What a save needs to know of an attempt whose whole row is at hand.
    pub const fn of(row: &AttemptRow) -> Self {
        Self {
            gate: row.gate(),
            paper_id: row.paper_id,
            extra: row.extra,
            partition_day: row.partition_day,
            sitting_id: row.sitting_id,
            candidate_id: row.candidate_id,
            deadline: row.deadline,
            version: row.version,
        }
    }
}

#[derive(FromRow)]
struct RawLocked {
    id: AttemptId,
    state: String,
    lease_no: i64,
    closes_at: Option<Instant>,
    ended_at: Option<Instant>,
    submitted_at: Option<Instant>,
    paused_at: Option<Instant>,
    resumed_at: Option<Instant>,
    paper_id: PaperId,
    extra_percent: i64,
    extra_us: Span,
    credit_us: Span,
    partition_day: i64,
    sitting_id: SittingId,
    candidate_id: AccountId,
    deadline: Option<Instant>,
    version: i64,
}

/// Reads these attempts under a lock, in the order of their ids, so that two batches can't wait for each other.
/// `changing` says whether the transaction will also update some of them. On SQLite the transaction is the lock.
pub async fn lock(tx: &mut Tx, ids: &[AttemptId], changing: bool) -> Result<HashMap<AttemptId, Locked>> {
    const COLUMNS: &str =
        "id, state, lease_no, closes_at, ended_at, submitted_at, paused_at, resumed_at, paper_id,
        extra_percent, extra_us, credit_us, partition_day, sitting_id, candidate_id, deadline, version";
    let rows: Vec<RawLocked> = db::on!(
        &mut **tx,
        sqlite c => {
            static TEXTS: Texts = Texts::new(|rows| {
                let places = db::rows::nameless_places(1, rows);
                format!("SELECT {COLUMNS} FROM exam.attempts WHERE id IN {places}")
            });
            let mut rows = Vec::with_capacity(ids.len());
            for ids in ids.chunks(ROWS_MAX) {
                let mut query = sqlx::query_as(AssertSqlSafe(TEXTS.of(ids.len())));
                for id in db::rows::fill(ids) {
                    query = query.bind(*id);
                }
                rows.extend(query.fetch_all(&mut *c).await?);
            }
            Ok(rows)
        },
        postgres c => {
            let strength = if changing { "FOR NO KEY UPDATE" } else { "FOR SHARE" };
            let sql = format!("SELECT {COLUMNS} FROM exam.attempts WHERE id = ANY($1) ORDER BY id {strength}");
            let ids: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
            sqlx::query_as(AssertSqlSafe(sql)).bind(ids).fetch_all(c).await
        }
    )?;
    rows.into_iter()
        .map(|row| {
            let gate = Gate {
                state: named(TABLE, "state", row.id, &row.state)?,
                lease_no: row.lease_no,
                closes_at: row.closes_at,
                ended_at: row.ended_at,
                handed_in: row.submitted_at.is_some(),
                paused_at: row.paused_at,
                resumed_at: row.resumed_at,
            };
            let locked = Locked {
                gate,
                paper_id: row.paper_id,
                extra: ExtraTime {
                    percent: u32::try_from(row.extra_percent).unwrap_or(0),
                    fixed: row.extra_us,
                    credit: row.credit_us,
                },
                partition_day: row.partition_day,
                sitting_id: row.sitting_id,
                candidate_id: row.candidate_id,
                deadline: row.deadline,
                version: row.version,
            };
            Ok((row.id, locked))
        })
        .collect()
}

/// A row, and with it the attempt's order of questions and options as it is written: who hands that on doesn't read it.
pub type WithArrangement = (AttemptRow, Arc<str>);

#[derive(FromRow)]
struct RawWithArrangement {
    #[sqlx(flatten)]
    row: Raw,
    arrangement: String,
}

/// Reads whole rows under the lock of a transaction that will update some of them, in the order of their ids. On SQLite
/// the transaction is the lock.
pub async fn lock_rows(tx: &mut Tx, ids: &[AttemptId]) -> Result<HashMap<AttemptId, AttemptRow>> {
    let raws: Vec<Raw> = locked(tx, ids, COLUMNS).await?;
    raws.into_iter().map(|raw| raw.read().map(|row| (row.id, row))).collect()
}

/// As [`lock_rows`], with what a start is answered with.
pub async fn lock_rows_to_start(
    tx: &mut Tx,
    ids: &[AttemptId],
) -> Result<HashMap<AttemptId, WithArrangement>> {
    let raws: Vec<RawWithArrangement> = locked(tx, ids, &format!("{COLUMNS}, arrangement")).await?;
    raws.into_iter().map(|raw| Ok((raw.row.id, (raw.row.read()?, raw.arrangement.into())))).collect()
}

async fn locked<R>(tx: &mut Tx, ids: &[AttemptId], columns: &str) -> Result<Vec<R>>
where
    R: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin,
{
    if let db::Conn::Sqlite(_) = **tx {
        return super::delivery::raws(tx, ids, columns).await;
    }
    let sql = format!("SELECT {columns} FROM exam.attempts WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE");
    Ok(db::on!(
        &mut **tx,
        sqlite _c => Ok(Vec::new()),
        postgres c => {
            let ids: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
            sqlx::query_as(AssertSqlSafe(sql)).bind(ids).fetch_all(c).await
        }
    )?)
}

/// Locks every attempt of a sitting, in the order of their ids: none starts, saves or ends until the transaction does.
/// On SQLite the transaction is the lock.
pub async fn lock_sitting(tx: &mut Tx, sitting: SittingId) -> Result<()> {
    db::on!(
        &mut **tx,
        sqlite _c => {},
        postgres c => {
            sqlx::query("SELECT id FROM exam.attempts WHERE sitting_id = $1 ORDER BY id FOR NO KEY UPDATE")
                .bind(sitting)
                .execute(c)
                .await?;
        }
    );
    Ok(())
}
