//! `exam.attempts`.

use std::collections::HashMap;

use authz::{AccountId, AttemptId, SittingId};
use db::{Conn, Result, Tx};
use exam_api::PaperId;
use foundation::{Instant, Points, Span};
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;

use super::{json, named, to_json};
use crate::domain::{
    arrangement::Arrangement,
    attempt::{AttemptState, Gate, MarkingState, RosterStatus},
    time::{Ends, ExtraTime},
};

/// An attempt's row, without its arrangement.
#[derive(Clone, Debug)]
pub struct AttemptRow {
    /// Its id.
    pub id: AttemptId,
    /// Its sitting.
    pub sitting_id: SittingId,
    /// Its candidate.
    pub candidate_id: AccountId,
    /// The candidate's number when they were put on the roster.
    pub candidate_number: String,
    /// The candidate's name when they were put on the roster.
    pub candidate_name: String,
    /// The sitting's.
    pub partition_day: i64,
    /// Its paper.
    pub paper_id: PaperId,
    /// The paper's form.
    pub form_no: i64,
    /// What an officer says of the candidate's place.
    pub roster_status: RosterStatus,
    /// Where its delivery stands.
    pub state: AttemptState,
    /// The lease that may write; 0 before the first.
    pub lease_no: i64,
    /// The device that holds it.
    pub lease_device: Option<Uuid>,
    /// What it gets on top.
    pub extra: ExtraTime,
    /// When it was started.
    pub started_at: Option<Instant>,
    /// When its working time ends.
    pub deadline: Option<Instant>,
    /// When it closes.
    pub closes_at: Option<Instant>,
    /// When it was handed in.
    pub submitted_at: Option<Instant>,
    /// When it was seen to have ended, by whatever way.
    pub ended_at: Option<Instant>,
    /// Where its marking stands.
    pub marking: MarkingState,
    /// Its score so far.
    pub score: Option<Points>,
    /// Counts every change but entries.
    pub version: i64,
}

impl AttemptRow {
    /// What decides whether it takes entries.
    pub const fn gate(&self) -> Gate {
        Gate { state: self.state, lease_no: self.lease_no, closes_at: self.closes_at }
    }
}

#[derive(FromRow)]
struct Raw {
    id: AttemptId,
    sitting_id: SittingId,
    candidate_id: AccountId,
    candidate_number: String,
    candidate_name: String,
    partition_day: i64,
    paper_id: PaperId,
    form_no: i64,
    roster_status: String,
    state: String,
    lease_no: i64,
    lease_device: Option<Uuid>,
    extra_percent: i64,
    extra_us: Span,
    credit_us: Span,
    started_at: Option<Instant>,
    deadline: Option<Instant>,
    closes_at: Option<Instant>,
    submitted_at: Option<Instant>,
    ended_at: Option<Instant>,
    marking: String,
    score: Option<Points>,
    version: i64,
}

const TABLE: &str = "exam.attempts";
const COLUMNS: &str = "id, sitting_id, candidate_id, candidate_number, candidate_name, partition_day, paper_id, form_no,
    roster_status, state, lease_no, lease_device, extra_percent, extra_us, credit_us, started_at, deadline, closes_at,
    submitted_at, ended_at, marking, score, version";

impl Raw {
    fn read(self) -> Result<AttemptRow> {
        Ok(AttemptRow {
            roster_status: named(TABLE, "roster_status", self.id, &self.roster_status)?,
            state: named(TABLE, "state", self.id, &self.state)?,
            marking: named(TABLE, "marking", self.id, &self.marking)?,
            extra: ExtraTime {
                percent: u32::try_from(self.extra_percent).unwrap_or(0),
                fixed: self.extra_us,
                credit: self.credit_us,
            },
            id: self.id,
            sitting_id: self.sitting_id,
            candidate_id: self.candidate_id,
            candidate_number: self.candidate_number,
            candidate_name: self.candidate_name,
            partition_day: self.partition_day,
            paper_id: self.paper_id,
            form_no: self.form_no,
            lease_no: self.lease_no,
            lease_device: self.lease_device,
            started_at: self.started_at,
            deadline: self.deadline,
            closes_at: self.closes_at,
            submitted_at: self.submitted_at,
            ended_at: self.ended_at,
            score: self.score,
            version: self.version,
        })
    }
}

/// The attempt, if it is there.
pub async fn find(conn: &mut Conn, id: AttemptId) -> Result<Option<AttemptRow>> {
    let sql = format!("SELECT {COLUMNS} FROM exam.attempts WHERE id = $1");
    let raw: Option<Raw> =
        db::on!(conn, c => sqlx::query_as(AssertSqlSafe(sql)).bind(id).fetch_optional(c).await)?;
    raw.map(Raw::read).transpose()
}

/// The attempt's order of questions and options.
pub async fn arrangement(conn: &mut Conn, id: AttemptId) -> Result<Option<Arrangement>> {
    let text: Option<String> = db::on!(conn, c => sqlx::query_scalar(
        "SELECT arrangement FROM exam.attempts WHERE id = $1",
    )
    .bind(id)
    .fetch_optional(c)
    .await)?;
    text.map(|text| json(TABLE, "arrangement", id, text.as_bytes())).transpose()
}

/// A sitting's attempts by candidate number, `after` the number and id of the last one seen; at most `limit`.
pub async fn of_sitting(
    conn: &mut Conn,
    sitting: SittingId,
    after: Option<(&str, AttemptId)>,
    limit: i64,
) -> Result<Vec<AttemptRow>> {
    let (number, id) =
        after.map_or((String::new(), Uuid::nil()), |(number, id)| (number.to_owned(), id.uuid()));
    let sql = format!(
        "SELECT {COLUMNS}
         FROM exam.attempts
         WHERE sitting_id = $1
           AND (candidate_number > $2 OR (candidate_number = $2 AND id > $3))
         ORDER BY candidate_number, id
         LIMIT $4"
    );
    let raws: Vec<Raw> = db::on!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(sitting)
        .bind(number)
        .bind(id)
        .bind(limit)
        .fetch_all(c)
        .await)?;
    raws.into_iter().map(Raw::read).collect()
}

/// A candidate's attempts, newest first; at most `limit`.
pub async fn of_candidate(conn: &mut Conn, candidate: AccountId, limit: i64) -> Result<Vec<AttemptRow>> {
    let sql = format!(
        "SELECT {COLUMNS}
         FROM exam.attempts
         WHERE candidate_id = $1
         ORDER BY id DESC
         LIMIT $2"
    );
    let raws: Vec<Raw> = db::on!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(candidate)
        .bind(limit)
        .fetch_all(c)
        .await)?;
    raws.into_iter().map(Raw::read).collect()
}

/// Puts a candidate on the roster of a sitting; false when they are on it already.
pub async fn insert(
    tx: &mut Tx,
    attempt: &AttemptRow,
    arrangement: &Arrangement,
    now: Instant,
) -> Result<bool> {
    let arrangement = to_json(arrangement)?;
    let rows = db::on!(&mut **tx, c => sqlx::query(
        "INSERT INTO exam.attempts (id, sitting_id, candidate_id, candidate_number, candidate_name, partition_day,
             paper_id, form_no, arrangement, roster_status, state, lease_no, extra_percent, extra_us, credit_us,
             marking, handed_over, version, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, $12, $13, $14, 'none', $15, 1, $16)
         ON CONFLICT (sitting_id, candidate_id) DO NOTHING",
    )
    .bind(attempt.id)
    .bind(attempt.sitting_id)
    .bind(attempt.candidate_id)
    .bind(&attempt.candidate_number)
    .bind(&attempt.candidate_name)
    .bind(attempt.partition_day)
    .bind(attempt.paper_id)
    .bind(attempt.form_no)
    .bind(arrangement)
    .bind(attempt.roster_status.as_str())
    .bind(attempt.state.as_str())
    .bind(i64::from(attempt.extra.percent))
    .bind(attempt.extra.fixed)
    .bind(attempt.extra.credit)
    .bind(false)
    .bind(now)
    .execute(c)
    .await
    .map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}

/// What a save needs to know of an attempt, read under a lock that a closing attempt can't pass.
#[derive(Clone, Copy, Debug)]
pub struct Locked {
    /// What decides whether it takes entries.
    pub gate: Gate,
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

#[derive(FromRow)]
struct RawLocked {
    id: AttemptId,
    state: String,
    lease_no: i64,
    closes_at: Option<Instant>,
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
        "id, state, lease_no, closes_at, partition_day, sitting_id, candidate_id, deadline, version";
    let rows: Vec<RawLocked> = db::on!(
        &mut **tx,
        sqlite c => {
            let places = (1..=ids.len()).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ");
            let sql = format!("SELECT {COLUMNS} FROM exam.attempts WHERE id IN ({places})");
            let mut query = sqlx::query_as(AssertSqlSafe(sql));
            for id in ids {
                query = query.bind(*id);
            }
            query.fetch_all(c).await
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
            };
            let locked = Locked {
                gate,
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

/// Issues the next lease to `device`, unless it holds the current one; makes a scheduled attempt ready. Answers the
/// lease, and whether it is new; none when the attempt isn't there.
pub async fn open(tx: &mut Tx, id: AttemptId, device: Uuid) -> Result<Option<(i64, bool)>> {
    let held: Option<(i64, Option<Uuid>)> = db::on!(&mut **tx, c => sqlx::query_as(
        "SELECT lease_no, lease_device FROM exam.attempts WHERE id = $1",
    )
    .bind(id)
    .fetch_optional(c)
    .await)?;
    match held {
        None => Ok(None),
        Some((lease_no, Some(holder))) if holder == device => Ok(Some((lease_no, false))),
        Some((lease_no, _)) => {
            db::on!(&mut **tx, c => sqlx::query(
                "UPDATE exam.attempts
                 SET lease_no = $1,
                     lease_device = $2,
                     state = CASE WHEN state = 'scheduled' THEN 'ready' ELSE state END,
                     version = version + 1
                 WHERE id = $3",
            )
            .bind(lease_no + 1)
            .bind(device)
            .bind(id)
            .execute(c)
            .await
            .map(|_| ()))?;
            Ok(Some((lease_no + 1, true)))
        }
    }
}

/// Starts an attempt that hasn't been, if its row is still at `version`; false when it isn't or was started before.
pub async fn start(
    tx: &mut Tx,
    id: AttemptId,
    version: i64,
    started_at: Instant,
    ends: Ends,
) -> Result<bool> {
    let rows = db::on!(&mut **tx, c => sqlx::query(
        "UPDATE exam.attempts
         SET state = 'in_progress', started_at = $1, deadline = $2, closes_at = $3, version = version + 1
         WHERE id = $4 AND version = $5 AND started_at IS NULL AND state IN ('scheduled', 'ready')",
    )
    .bind(started_at)
    .bind(ends.deadline)
    .bind(ends.closes_at)
    .bind(id)
    .bind(version)
    .execute(c)
    .await
    .map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}

/// Hands an attempt in, if it is in progress, by its current lease, and not closed; false otherwise.
pub async fn submit(tx: &mut Tx, id: AttemptId, lease_no: i64, now: Instant) -> Result<bool> {
    let rows = db::on!(&mut **tx, c => sqlx::query(
        "UPDATE exam.attempts
         SET state = 'submitted', submitted_at = $1, ended_at = $1, version = version + 1
         WHERE id = $2 AND state IN ('in_progress', 'paused') AND lease_no = $3 AND closes_at >= $1",
    )
    .bind(now)
    .bind(id)
    .bind(lease_no)
    .execute(c)
    .await
    .map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}

/// Writes a new end for an attempt that runs, or new extra time for one that doesn't yet; false when its row isn't at
/// `version` any more.
pub async fn set_time(
    tx: &mut Tx,
    id: AttemptId,
    version: i64,
    extra: ExtraTime,
    ends: Option<Ends>,
) -> Result<bool> {
    let rows = db::on!(&mut **tx, c => sqlx::query(
        "UPDATE exam.attempts
         SET extra_percent = $1, extra_us = $2, credit_us = $3, deadline = $4, closes_at = $5, version = version + 1
         WHERE id = $6 AND version = $7",
    )
    .bind(i64::from(extra.percent))
    .bind(extra.fixed)
    .bind(extra.credit)
    .bind(ends.map(|ends| ends.deadline))
    .bind(ends.map(|ends| ends.closes_at))
    .bind(id)
    .bind(version)
    .execute(c)
    .await
    .map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}

/// Ends an attempt in `state` at `ended_at`, if its row is still at `version`.
pub async fn end(
    tx: &mut Tx,
    id: AttemptId,
    version: i64,
    state: AttemptState,
    ended_at: Instant,
) -> Result<bool> {
    let rows = db::on!(&mut **tx, c => sqlx::query(
        "UPDATE exam.attempts
         SET state = $1, ended_at = $2, version = version + 1
         WHERE id = $3 AND version = $4 AND ended_at IS NULL",
    )
    .bind(state.as_str())
    .bind(ended_at)
    .bind(id)
    .bind(version)
    .execute(c)
    .await
    .map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}

/// Writes what an officer says of a candidate's place on the roster.
pub async fn set_roster_status(
    tx: &mut Tx,
    id: AttemptId,
    version: i64,
    status: RosterStatus,
) -> Result<bool> {
    let rows = db::on!(&mut **tx, c => sqlx::query(
        "UPDATE exam.attempts SET roster_status = $1, version = version + 1 WHERE id = $2 AND version = $3",
    )
    .bind(status.as_str())
    .bind(id)
    .bind(version)
    .execute(c)
    .await
    .map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}

/// Attempts that time has closed and nobody has noticed; at most `limit`.
pub async fn due_to_close(conn: &mut Conn, now: Instant, limit: i64) -> Result<Vec<AttemptRow>> {
    let sql = format!(
        "SELECT {COLUMNS}
         FROM exam.attempts
         WHERE state = 'in_progress' AND closes_at < $1
         ORDER BY closes_at
         LIMIT $2"
    );
    let raws: Vec<Raw> = db::on!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(now)
        .bind(limit)
        .fetch_all(c)
        .await)?;
    raws.into_iter().map(Raw::read).collect()
}

/// Attempts that nobody started and nobody can start any more; at most `limit`.
pub async fn due_absent(conn: &mut Conn, now: Instant, limit: i64) -> Result<Vec<AttemptRow>> {
    let sql = format!(
        "SELECT {COLUMNS}
         FROM exam.attempts
         WHERE state IN ('scheduled', 'ready')
           AND sitting_id IN (SELECT id FROM exam.sittings WHERE entry_closes_at < $1 AND cancelled_at IS NULL)
         LIMIT $2"
    );
    let raws: Vec<Raw> = db::on!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(now)
        .bind(limit)
        .fetch_all(c)
        .await)?;
    raws.into_iter().map(Raw::read).collect()
}

/// Attempts that have ended and wait to be marked; at most `limit`.
pub async fn due_to_mark(conn: &mut Conn, limit: i64) -> Result<Vec<AttemptRow>> {
    let sql = format!(
        "SELECT {COLUMNS}
         FROM exam.attempts
         WHERE ended_at IS NOT NULL AND marking = 'none' AND started_at IS NOT NULL
         ORDER BY ended_at
         LIMIT $1"
    );
    let raws: Vec<Raw> =
        db::on!(conn, c => sqlx::query_as(AssertSqlSafe(sql)).bind(limit).fetch_all(c).await)?;
    raws.into_iter().map(Raw::read).collect()
}

/// Writes where an attempt's marking stands.
pub async fn set_score(
    tx: &mut Tx,
    id: AttemptId,
    marking: MarkingState,
    score: Points,
    now: Instant,
) -> Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "UPDATE exam.attempts
         SET marking = $1, score = $2, marked_at = $3, version = version + 1
         WHERE id = $4",
    )
    .bind(marking.as_str())
    .bind(score)
    .bind(now)
    .bind(id)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Attempts that auth-service hasn't been told of; at most `limit`.
pub async fn to_hand_over(conn: &mut Conn, limit: i64) -> Result<Vec<AttemptRow>> {
    let sql = format!(
        "SELECT {COLUMNS}
         FROM exam.attempts
         WHERE handed_over = $1
         ORDER BY created_at
         LIMIT $2"
    );
    let raws: Vec<Raw> = db::on!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(false)
        .bind(limit)
        .fetch_all(c)
        .await)?;
    raws.into_iter().map(Raw::read).collect()
}

/// Remembers that auth-service knows of an attempt.
pub async fn set_handed_over(tx: &mut Tx, id: AttemptId, handed_over: bool) -> Result<()> {
    db::on!(&mut **tx, c => sqlx::query("UPDATE exam.attempts SET handed_over = $1 WHERE id = $2")
        .bind(handed_over)
        .bind(id)
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(())
}
