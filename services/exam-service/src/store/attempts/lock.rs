//! Reading attempts under a lock that a closing attempt can't pass.

use std::{collections::HashMap, sync::Arc};

use authz::{AccountId, AttemptId, SittingId};
use db::{
    Result, Tx,
    rows::{ROWS_MAX, Texts},
};
use exam_api::PaperId;
use foundation::{Instant, Span};
use futures::TryStreamExt as _;
use sqlx::{AssertSqlSafe, FromRow};
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
    // A map that is collected from results doesn't know how large it gets, and is moved again and again.
    let mut locked = HashMap::with_capacity(rows.len());
    for row in rows {
        let gate = Gate {
            state: named(TABLE, "state", row.id, &row.state)?,
            lease_no: row.lease_no,
            closes_at: row.closes_at,
            ended_at: row.ended_at,
            handed_in: row.submitted_at.is_some(),
            paused_at: row.paused_at,
            resumed_at: row.resumed_at,
        };
        let extra = ExtraTime {
            percent: u32::try_from(row.extra_percent).unwrap_or(0),
            fixed: row.extra_us,
            credit: row.credit_us,
        };
        let of_row = Locked {
            gate,
            paper_id: row.paper_id,
            extra,
            partition_day: row.partition_day,
            sitting_id: row.sitting_id,
            candidate_id: row.candidate_id,
            deadline: row.deadline,
            version: row.version,
        };
        locked.insert(row.id, of_row);
    }
    Ok(locked)
}

/// Rows, each on the heap by itself: a map that holds a thousand of them in place is large pieces of fresh memory, batch after
/// batch.
pub type Rows = HashMap<AttemptId, Box<AttemptRow>>;

/// Attempts' orders of questions and options as they are written: who hands them on doesn't read them.
pub type Arrangements = HashMap<AttemptId, Arc<str>>;

#[derive(FromRow)]
struct RawToStart {
    #[sqlx(flatten)]
    row: Raw,
    #[sqlx(default)]
    arrangement: Option<String>,
}

/// Reads whole rows under the lock of a transaction that will update some of them, in the order of their ids; for `starts`
/// their arrangements too. On SQLite the transaction is the lock.
pub async fn lock_rows(tx: &mut Tx, ids: &[AttemptId], starts: bool) -> Result<(Rows, Arrangements)> {
    let columns = if starts { format!("{COLUMNS}, arrangement") } else { COLUMNS.to_owned() };
    let mut rows = Rows::with_capacity(ids.len());
    let mut arrangements = Arrangements::with_capacity(if starts { ids.len() } else { 0 });
    let mut take = |RawToStart { row, arrangement }| -> Result<()> {
        let row = row.read()?;
        arrangements.extend(arrangement.map(|text| (row.id, text.into())));
        rows.insert(row.id, Box::new(row));
        Ok(())
    };
    db::on!(
        &mut **tx,
        sqlite c => {
            for ids in ids.chunks(ROWS_MAX) {
                let places = db::rows::nameless_places(1, db::rows::padded(ids.len()));
                let sql = format!("SELECT {columns} FROM exam.attempts WHERE id IN {places}");
                let mut query = sqlx::query_as(AssertSqlSafe(sql));
                for id in db::rows::fill(ids) {
                    query = query.bind(*id);
                }
                let mut raws = query.fetch(&mut *c);
                while let Some(raw) = raws.try_next().await? {
                    take(raw)?;
                }
            }
        },
        postgres c => {
            let sql =
                format!("SELECT {columns} FROM exam.attempts WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE");
            let ids: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
            let mut raws = sqlx::query_as(AssertSqlSafe(sql)).bind(ids).fetch(c);
            while let Some(raw) = raws.try_next().await? {
                take(raw)?;
            }
        }
    );
    Ok((rows, arrangements))
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
