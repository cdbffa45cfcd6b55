//! Reading attempts under a lock that a closing attempt can't pass.

use std::{collections::HashMap, sync::Arc};

use authz::{AttemptId, SittingId};
use db::{
    Result, Tx,
    rows::{ROWS_MAX, Texts},
};
use exam_api::PaperId;
use foundation::{Instant, Span};
use futures::TryStreamExt as _;
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;

use super::{AttemptRow, COLUMNS, Raw, TABLE, extra_time};
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
            deadline: row.deadline,
            version: row.version,
        }
    }
}

/// The columns of what is [`Locked`].
pub const LOCKED_COLUMNS: &str =
    "id, state, lease_no, closes_at, ended_at, submitted_at, paused_at, resumed_at, paper_id,
    extra_percent, extra_us, credit_us, partition_day, sitting_id, deadline, version";

/// What saves read of attempts before: who knows what a row of some version says needs to be told only of other versions.
/// Every change of what is [`Locked`] counts the version up; tests hold the database to it. Nothing deletes an attempt.
///
/// It is known of one connection: behind another one may be a standby that took over and lacks the last changes, of which it
/// makes others with the same versions.
#[derive(Debug)]
pub struct Known {
    connection: u64,
    rows: HashMap<AttemptId, Locked>,
    attempts_max: usize,
}

impl Default for Known {
    fn default() -> Self {
        Self { connection: 0, rows: HashMap::new(), attempts_max: Self::ATTEMPTS_MAX }
    }
}

impl Known {
    /// Attempts that it knows of at most: seven eighths of 131,072, which is what a table of 24 MB takes.
    const ATTEMPTS_MAX: usize = 114_688;

    /// Forgets everything, unless this is the connection by which it was read.
    pub fn of_connection(&mut self, connection: u64) -> &mut Self {
        if self.connection != connection {
            self.connection = connection;
            self.rows.clear();
        }
        self
    }

    fn version(&self, id: AttemptId) -> Option<i64> {
        self.rows.get(&id).map(|known| known.version)
    }

    /// Makes room for `more` attempts.
    fn make_room(&mut self, more: usize) {
        if self.rows.len() + more > self.attempts_max {
            self.rows.clear();
        }
    }

    fn of(&self, ids: &[AttemptId]) -> HashMap<AttemptId, Locked> {
        // A map that is collected from what may be there doesn't know how large it gets, and is moved again and again.
        let mut locked = HashMap::with_capacity(ids.len());
        locked.extend(ids.iter().filter_map(|id| self.rows.get(id).map(|known| (*id, *known))));
        locked
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
    deadline: Option<Instant>,
    version: i64,
}

impl RawLocked {
    fn read(self) -> Result<Locked> {
        let gate = Gate {
            state: named(TABLE, "state", self.id, &self.state)?,
            lease_no: self.lease_no,
            closes_at: self.closes_at,
            ended_at: self.ended_at,
            handed_in: self.submitted_at.is_some(),
            paused_at: self.paused_at,
            resumed_at: self.resumed_at,
        };
        let extra = extra_time(self.extra_percent, self.extra_us, self.credit_us);
        Ok(Locked {
            gate,
            paper_id: self.paper_id,
            extra,
            partition_day: self.partition_day,
            sitting_id: self.sitting_id,
            deadline: self.deadline,
            version: self.version,
        })
    }
}

/// Reads these attempts under a lock, in the order of their ids, so that two batches can't wait for each other.
/// `changing` says whether the transaction will also update some of them. On SQLite the transaction is the lock.
pub async fn lock(tx: &mut Tx, ids: &[AttemptId], changing: bool) -> Result<HashMap<AttemptId, Locked>> {
    lock_known(tx, ids, changing, &mut Known::default()).await
}

/// [`lock`] for who reads the same attempts again and again: the database hands out those alone that aren't `known`. Each column
/// of a row has a long way from there to whoever reads it.
pub async fn lock_known(
    tx: &mut Tx,
    ids: &[AttemptId],
    changing: bool,
    known: &mut Known,
) -> Result<HashMap<AttemptId, Locked>> {
    known.make_room(ids.len());
    let new = db::on!(
        &mut **tx,
        sqlite c => lock_sqlite(c, ids, known).await,
        postgres c => lock_postgres(c, ids, changing, known).await
    )?;
    for row in new {
        known.rows.insert(row.id, row.read()?);
    }
    Ok(known.of(ids))
}

async fn lock_sqlite(
    conn: &mut sqlx::SqliteConnection,
    ids: &[AttemptId],
    known: &Known,
) -> sqlx::Result<Vec<RawLocked>> {
    static TEXTS: Texts = Texts::new(|rows| {
        format!(
            "SELECT {LOCKED_COLUMNS}
             FROM (VALUES {}) AS known
             INNER JOIN exam.attempts ON id = column1
             WHERE version IS NOT column2",
            db::rows::nameless_places(rows, 2)
        )
    });
    let mut new = Vec::new();
    for ids in ids.chunks(ROWS_MAX) {
        let mut query = sqlx::query_as(AssertSqlSafe(TEXTS.of(ids.len())));
        for id in db::rows::fill(ids) {
            query = query.bind(*id).bind(known.version(*id));
        }
        new.extend(query.fetch_all(&mut *conn).await?);
    }
    Ok(new)
}

async fn lock_postgres(
    conn: &mut sqlx::PgConnection,
    ids: &[AttemptId],
    changing: bool,
    known: &Known,
) -> sqlx::Result<Vec<RawLocked>> {
    let strength = if changing { "FOR NO KEY UPDATE" } else { "FOR SHARE" };
    let sql = format!(
        "WITH locked AS MATERIALIZED (
             SELECT {LOCKED_COLUMNS}, known_version
             FROM UNNEST($1::uuid[], $2::bigint[]) AS known (asked, known_version)
             INNER JOIN exam.attempts ON id = asked
             ORDER BY id
             {strength} OF attempts
         )
         SELECT * FROM locked WHERE version IS DISTINCT FROM known_version"
    );
    sqlx::query_as(AssertSqlSafe(sql))
        .bind(ids.iter().map(|id| id.uuid()).collect::<Vec<Uuid>>())
        .bind(ids.iter().map(|id| known.version(*id)).collect::<Vec<Option<i64>>>())
        .fetch_all(conn)
        .await
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

#[cfg(test)]
mod tests {
    use foundation::{Id, ManualClock, SystemRandom};

    use super::*;
    use crate::domain::attempt::AttemptState;

    #[test]
    fn what_there_is_no_room_for_is_forgotten_and_never_what_was_just_asked_for() {
        let clock = ManualClock::at("2026-01-05T08:00:00Z");
        let mut known = Known { attempts_max: 4, ..Known::default() };
        assert!(known.of_connection(0).rows.is_empty());
        let mut row = Locked {
            gate: Gate {
                state: AttemptState::InProgress,
                lease_no: 1,
                closes_at: None,
                ended_at: None,
                handed_in: false,
                paused_at: None,
                resumed_at: None,
            },
            paper_id: Id::new(&clock, &SystemRandom),
            extra: ExtraTime::default(),
            partition_day: 0,
            sitting_id: Id::new(&clock, &SystemRandom),
            deadline: None,
            version: 0,
        };
        for version in 1..=5 {
            row.version = version;
            let asked: [AttemptId; 3] = std::array::from_fn(|_| Id::new(&clock, &SystemRandom));
            known.make_room(asked.len());
            for id in asked {
                known.rows.insert(id, row);
            }
            assert_eq!(known.of(&asked).len(), 3);
            assert!(asked.iter().all(|id| known.version(*id) == Some(version)));
            assert_eq!(known.rows.len(), 3, "those before are forgotten");
            assert_eq!(known.of_connection(0).rows.len(), 3);
        }
        assert!(known.of_connection(1).rows.is_empty(), "who knows what this server has");
    }
}
