//! `exam.attempts`: rows and lists here; locks, changes and what is due in files of their own.

mod change;
mod delivery;
mod due;
mod ends;
pub mod live;
mod lock;
mod pause;
mod seen;
mod timed;

use authz::{AccountId, AttemptId, SittingId};
use db::{Conn, Result, Tx};
use exam_api::PaperId;
use foundation::{Instant, Points, Span};
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;

pub use self::{
    change::{
        NewScore, NewTimes, allow_move, ask_to_move, end, reopen, set_handed_over, set_passed_over, set_room,
        set_roster_status, set_scores, set_times, set_unmarked, touch_sitting,
    },
    delivery::set_deliveries,
    due::{due_absent, due_to_close, due_to_mark, to_hand_over},
    ends::{put_off, resume},
    lock::{Arrangements, Known, LOCKED_COLUMNS, Locked, Rows, lock, lock_known, lock_rows, lock_sitting},
    pause::{pause, pause_all, versions},
    seen::{Shown, seen, told, told_all},
    timed::{Timed, timed},
};
use super::{json, named, to_json};
use crate::domain::{
    arrangement::Arrangement,
    attempt::{AttemptState, Gate, MarkingState, RosterStatus},
    delivery::Delivery,
    seen::Seen,
    takeover::DeviceMove,
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
    /// Where they sit; empty where nobody has said so.
    pub room: String,
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
    /// The question that is open about another device.
    pub device_move: DeviceMove,
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
    /// When its clock was last stopped.
    pub paused_at: Option<Instant>,
    /// Until when it stood then; none while it stands.
    pub resumed_at: Option<Instant>,
    /// What staff changed last, and whether the candidate has seen it.
    pub seen: Seen,
    /// Where its marking stands.
    pub marking: MarkingState,
    /// Its score so far.
    pub score: Option<Points>,
    /// Entries that went back where there is no way back, as it was when the attempt was last marked; they wait for an
    /// officer.
    pub passed_over: i64,
    /// Counts every change but entries.
    pub version: i64,
}

impl AttemptRow {
    /// What decides whether it takes entries.
    pub const fn gate(&self) -> Gate {
        Gate {
            state: self.state,
            lease_no: self.lease_no,
            closes_at: self.closes_at,
            ended_at: self.ended_at,
            paused_at: self.paused_at,
            resumed_at: self.resumed_at,
            handed_in: self.submitted_at.is_some(),
        }
    }

    /// The part that its candidate's acts change.
    pub fn delivery(&self) -> Delivery {
        Delivery {
            state: self.state,
            lease_no: self.lease_no,
            lease_device: self.lease_device,
            started_at: self.started_at,
            ends: self.deadline.zip(self.closes_at).map(|(deadline, closes_at)| Ends { deadline, closes_at }),
            submitted_at: self.submitted_at,
            ended_at: self.ended_at,
            paused_at: self.paused_at,
            device_move: self.device_move,
        }
    }

    /// Takes in what an act changed.
    pub fn set_delivery(&mut self, delivery: &Delivery) {
        let Delivery {
            state,
            lease_no,
            lease_device,
            started_at,
            ends,
            submitted_at,
            ended_at,
            paused_at: _,
            device_move,
        } = *delivery;
        self.device_move = device_move;
        self.state = state;
        self.lease_no = lease_no;
        self.lease_device = lease_device;
        self.started_at = started_at;
        self.deadline = ends.map(|ends| ends.deadline);
        self.closes_at = ends.map(|ends| ends.closes_at);
        self.submitted_at = submitted_at;
        self.ended_at = ended_at;
        self.version += 1;
    }
}

#[derive(FromRow)]
struct Raw {
    id: AttemptId,
    sitting_id: SittingId,
    candidate_id: AccountId,
    candidate_number: String,
    candidate_name: String,
    room: String,
    partition_day: i64,
    paper_id: PaperId,
    form_no: i64,
    roster_status: String,
    state: String,
    lease_no: i64,
    lease_device: Option<Uuid>,
    move_device: Option<Uuid>,
    move_asked_at: Option<Instant>,
    move_allowed_at: Option<Instant>,
    extra_percent: i64,
    extra_us: Span,
    credit_us: Span,
    started_at: Option<Instant>,
    deadline: Option<Instant>,
    closes_at: Option<Instant>,
    submitted_at: Option<Instant>,
    ended_at: Option<Instant>,
    paused_at: Option<Instant>,
    resumed_at: Option<Instant>,
    told_version: i64,
    told_at: Option<Instant>,
    seen_version: i64,
    seen_at: Option<Instant>,
    marking: String,
    score: Option<Points>,
    passed_over: i64,
    version: i64,
}

const TABLE: &str = "exam.attempts";
const COLUMNS: &str = "id, sitting_id, candidate_id, candidate_number, candidate_name, room, partition_day, paper_id, form_no,
    roster_status, state, lease_no, lease_device, move_device, move_asked_at, move_allowed_at, extra_percent, extra_us,
    credit_us, started_at, deadline, closes_at, submitted_at, ended_at, paused_at, resumed_at,
    told_version, told_at, seen_version, seen_at, marking, score, passed_over, version";

impl Raw {
    fn read(self) -> Result<AttemptRow> {
        Ok(AttemptRow {
            roster_status: named(TABLE, "roster_status", self.id, &self.roster_status)?,
            state: named(TABLE, "state", self.id, &self.state)?,
            marking: named(TABLE, "marking", self.id, &self.marking)?,
            extra: extra_time(self.extra_percent, self.extra_us, self.credit_us),
            id: self.id,
            sitting_id: self.sitting_id,
            candidate_id: self.candidate_id,
            candidate_number: self.candidate_number,
            candidate_name: self.candidate_name,
            room: self.room,
            partition_day: self.partition_day,
            paper_id: self.paper_id,
            form_no: self.form_no,
            lease_no: self.lease_no,
            lease_device: self.lease_device,
            device_move: DeviceMove {
                device: self.move_device,
                asked_at: self.move_asked_at,
                allowed_at: self.move_allowed_at,
            },
            started_at: self.started_at,
            deadline: self.deadline,
            closes_at: self.closes_at,
            submitted_at: self.submitted_at,
            ended_at: self.ended_at,
            paused_at: self.paused_at,
            resumed_at: self.resumed_at,
            seen: Seen {
                told_version: self.told_version,
                told_at: self.told_at,
                seen_version: self.seen_version,
                seen_at: self.seen_at,
            },
            score: self.score,
            passed_over: self.passed_over,
            version: self.version,
        })
    }
}

/// Extra time as it is stored; a percentage that can't be is none.
fn extra_time(percent: i64, fixed: Span, credit: Span) -> ExtraTime {
    ExtraTime { percent: u32::try_from(percent).unwrap_or(0), fixed, credit }
}

/// The attempt, if it is there.
pub async fn find(conn: &mut Conn, id: AttemptId) -> Result<Option<AttemptRow>> {
    let sql = format!("SELECT {COLUMNS} FROM exam.attempts WHERE id = $1");
    let raw: Option<Raw> =
        db::on!(conn, c => sqlx::query_as(AssertSqlSafe(sql)).bind(id).fetch_optional(c).await)?;
    raw.map(Raw::read).transpose()
}

/// These attempts, [`ROWS_MAX`](db::rows::ROWS_MAX) at most, those that are there.
pub async fn find_all(conn: &mut Conn, ids: &[AttemptId]) -> Result<Vec<AttemptRow>> {
    let places = db::rows::places_on(conn, 1, db::rows::padded(ids.len()));
    let sql = format!("SELECT {COLUMNS} FROM exam.attempts WHERE id IN {places}");
    let raws: Vec<Raw> = db::on!(conn, c => {
        let mut query = sqlx::query_as(AssertSqlSafe(sql));
        for id in db::rows::fill(ids) {
            query = query.bind(*id);
        }
        query.fetch_all(c).await
    })?;
    raws.into_iter().map(Raw::read).collect()
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

/// A candidate's attempts, newest first, `after` the last one seen; at most `limit`.
pub async fn of_candidate(
    conn: &mut Conn,
    candidate: AccountId,
    after: Option<AttemptId>,
    limit: i64,
) -> Result<Vec<AttemptRow>> {
    let sql = format!(
        "SELECT {COLUMNS}
         FROM exam.attempts
         WHERE candidate_id = $1 AND id < $2
         ORDER BY id DESC
         LIMIT $3"
    );
    let raws: Vec<Raw> = db::on!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(candidate)
        .bind(after.map_or(Uuid::max(), foundation::Id::uuid))
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
             marking, handed_over, version, created_at, room)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, $12, $13, $14, 'none', $15, 1, $16, $17)
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
    .bind(&attempt.room)
    .execute(c)
    .await
    .map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}

/// Whether any attempt of a sitting was started.
pub async fn any_started(conn: &mut Conn, sitting: SittingId) -> Result<bool> {
    let started: Option<i64> = db::on!(conn, c => sqlx::query_scalar(
        "SELECT started_at FROM exam.attempts WHERE sitting_id = $1 AND started_at IS NOT NULL LIMIT 1",
    )
    .bind(sitting)
    .fetch_optional(c)
    .await)?;
    Ok(started.is_some())
}
