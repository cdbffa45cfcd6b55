//! `proctoring.violations`.

use authz::{AccountId, AttemptId, SittingId};
use db::{Conn, Error, Result, Tx};
use foundation::Instant;
use proctoring_api::{Judgement, SignalId, Violation, ViolationId, ViolationKind};
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;

const TABLE: &str = "proctoring.violations";
/// Joined with its attempt, which knows the candidate.
const SELECT: &str =
    "SELECT v.id, v.sitting_id, v.attempt_id, a.candidate_id, v.kind, v.duration_seconds, v.detail,
        v.recorded_at, v.judgement, v.note, v.judged_by, v.judged_at
    FROM proctoring.violations AS v
    JOIN proctoring.attempts AS a ON a.id = v.attempt_id";

#[derive(FromRow)]
struct Raw {
    id: ViolationId,
    sitting_id: SittingId,
    attempt_id: AttemptId,
    candidate_id: AccountId,
    kind: String,
    duration_seconds: Option<i64>,
    detail: String,
    recorded_at: Instant,
    judgement: Option<String>,
    note: String,
    judged_by: Option<AccountId>,
    judged_at: Option<Instant>,
}

impl Raw {
    fn read(self) -> Result<Violation> {
        let duration_seconds = self.duration_seconds.map(u32::try_from).transpose();
        Ok(Violation {
            kind: named("kind", self.id, &self.kind)?,
            judgement: self.judgement.map(|name| named("judgement", self.id, &name)).transpose()?,
            duration_seconds: duration_seconds
                .map_err(|error| Error::corrupt(TABLE, "duration_seconds", self.id, error))?,
            id: self.id,
            sitting_id: self.sitting_id,
            attempt_id: self.attempt_id,
            candidate_id: self.candidate_id,
            detail: self.detail,
            recorded_at: self.recorded_at,
            note: self.note,
            judged_by: self.judged_by,
            judged_at: self.judged_at,
        })
    }
}

/// Reads a column that holds the name of a variant.
pub(super) fn named<T: std::str::FromStr>(column: &'static str, id: impl ToString, name: &str) -> Result<T> {
    name.parse().map_err(|_| Error::corrupt(TABLE, column, id, format!("unknown name {name:?}")))
}

/// A violation to record.
#[derive(Clone, Debug)]
pub struct NewViolation {
    /// Its id.
    pub id: ViolationId,
    /// Its attempt.
    pub attempt: AttemptId,
    /// The attempt's sitting.
    pub sitting: SittingId,
    /// The browser's name for it.
    pub signal: SignalId,
    /// What was noticed.
    pub kind: ViolationKind,
    /// How long it lasted, in seconds.
    pub duration_seconds: Option<u32>,
    /// What the device adds.
    pub detail: String,
    /// When the server heard of it.
    pub recorded_at: Instant,
}

/// Records a violation.
pub async fn insert(tx: &mut Tx, violation: &NewViolation) -> Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "INSERT INTO proctoring.violations (id, attempt_id, sitting_id, signal_id, kind, duration_seconds, detail,
             recorded_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(violation.id)
    .bind(violation.attempt)
    .bind(violation.sitting)
    .bind(violation.signal)
    .bind(violation.kind.as_str())
    .bind(violation.duration_seconds.map(i64::from))
    .bind(&violation.detail)
    .bind(violation.recorded_at)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// The violation, if it is there.
pub async fn find(conn: &mut Conn, id: ViolationId) -> Result<Option<Violation>> {
    let sql = format!("{SELECT} WHERE v.id = $1");
    let raw: Option<Raw> =
        db::on!(conn, c => sqlx::query_as(AssertSqlSafe(sql)).bind(id).fetch_optional(c).await)?;
    raw.map(Raw::read).transpose()
}

/// What was recorded of a signal of an attempt, if it was.
pub async fn find_signal(conn: &mut Conn, attempt: AttemptId, signal: SignalId) -> Result<Option<Violation>> {
    let sql = format!("{SELECT} WHERE v.attempt_id = $1 AND v.signal_id = $2");
    let raw: Option<Raw> = db::on!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(attempt)
        .bind(signal)
        .fetch_optional(c)
        .await)?;
    raw.map(Raw::read).transpose()
}

/// Violations of an attempt, newest first, from behind `after`; one more than `limit`.
pub async fn of_attempt(
    conn: &mut Conn,
    attempt: AttemptId,
    after: Option<ViolationId>,
    limit: i64,
) -> Result<Vec<Violation>> {
    list(conn, "v.attempt_id", attempt.uuid(), after, limit).await
}

/// Violations of a sitting, newest first, from behind `after`; one more than `limit`.
pub async fn of_sitting(
    conn: &mut Conn,
    sitting: SittingId,
    after: Option<ViolationId>,
    limit: i64,
) -> Result<Vec<Violation>> {
    list(conn, "v.sitting_id", sitting.uuid(), after, limit).await
}

async fn list(
    conn: &mut Conn,
    column: &'static str,
    of: Uuid,
    after: Option<ViolationId>,
    limit: i64,
) -> Result<Vec<Violation>> {
    let before = after.map_or(Uuid::max(), ViolationId::uuid);
    let sql = format!("{SELECT} WHERE {column} = $1 AND v.id < $2 ORDER BY v.id DESC LIMIT $3");
    let raws: Vec<Raw> = db::on!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(of)
        .bind(before)
        .bind(limit + 1)
        .fetch_all(c)
        .await)?;
    raws.into_iter().map(Raw::read).collect()
}

/// Writes what a human made of a violation.
pub async fn judge(
    tx: &mut Tx,
    id: ViolationId,
    judgement: Judgement,
    note: &str,
    by: Option<AccountId>,
    now: Instant,
) -> Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "UPDATE proctoring.violations
         SET judgement = $1, note = $2, judged_by = $3, judged_at = $4
         WHERE id = $5",
    )
    .bind(judgement.as_str())
    .bind(note)
    .bind(by)
    .bind(now)
    .bind(id)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}
