//! `exam.responses`, `exam.marks`, `exam.releases`.

use authz::{AccountId, AttemptId, SittingId};
use db::{Conn, Error, Result, Tx, rows::ROWS_MAX};
use foundation::Instant;
use question_model::{Marked, Outcome, QuestionVersionId};
use sqlx::{AssertSqlSafe, FromRow};

use super::{journal::Current, json, to_json};

/// Materialises what counted when these attempts closed, anew.
pub async fn set_responses(tx: &mut Tx, responses: &[(AttemptId, Vec<Current>)]) -> Result<()> {
    for attempts in responses.chunks(ROWS_MAX) {
        let places = db::rows::places_on(tx, 1, db::rows::padded(attempts.len()));
        let sql = format!("DELETE FROM exam.responses WHERE attempt_id IN {places}");
        db::on!(&mut **tx, c => {
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for (attempt, _) in db::rows::fill(attempts) {
                query = query.bind(*attempt);
            }
            query.execute(c).await?;
        });
    }
    let rows: Vec<(AttemptId, &Current)> = responses
        .iter()
        .flat_map(|(attempt, current)| current.iter().map(|response| (*attempt, response)))
        .collect();
    for rows in rows.chunks(ROWS_MAX) {
        let size = db::rows::size_on(tx, rows.len());
        let places = db::rows::places_on(tx, size, 5);
        let sql = format!(
            "INSERT INTO exam.responses (attempt_id, question_id, lease_no, seq, payload)
             VALUES {places}
             ON CONFLICT DO NOTHING"
        );
        db::on!(&mut **tx, c => {
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for (attempt, response) in db::rows::fill_to(rows, size) {
                query = query
                    .bind(*attempt)
                    .bind(response.question_id)
                    .bind(response.lease_no)
                    .bind(response.seq)
                    .bind(response.payload.as_deref());
            }
            query.execute(c).await?;
        });
    }
    Ok(())
}

/// What counted of an attempt, once it was materialised.
pub async fn responses(conn: &mut Conn, attempt: AttemptId) -> Result<Vec<Current>> {
    Ok(db::on!(conn, c => sqlx::query_as(
        "SELECT question_id, lease_no, seq, payload
         FROM exam.responses
         WHERE attempt_id = $1
         ORDER BY question_id",
    )
    .bind(attempt)
    .fetch_all(c)
    .await)?)
}

/// A mark's row.
#[derive(Clone, Debug)]
pub struct MarkRow {
    /// The attempt.
    pub attempt: AttemptId,
    /// The question.
    pub question: QuestionVersionId,
    /// The mark, with its breakdown.
    pub marked: Marked,
    /// The version of the key.
    pub key_version: i64,
    /// Who marked; none for the automatic mark.
    pub marker: Option<AccountId>,
    /// What the marker says to the candidate.
    pub comment: String,
    /// When.
    pub marked_at: Instant,
}

#[derive(FromRow)]
struct RawMark {
    attempt_id: AttemptId,
    question_id: QuestionVersionId,
    breakdown: String,
    key_version: i64,
    marker_id: Option<AccountId>,
    comment: String,
    marked_at: Instant,
}

impl RawMark {
    fn read(self) -> Result<MarkRow> {
        Ok(MarkRow {
            marked: json("exam.marks", "breakdown", self.attempt_id, self.breakdown.as_bytes())?,
            attempt: self.attempt_id,
            question: self.question_id,
            key_version: self.key_version,
            marker: self.marker_id,
            comment: self.comment,
            marked_at: self.marked_at,
        })
    }
}

/// The name of an outcome in the database.
fn outcome_name(outcome: Outcome) -> Result<String> {
    match serde_json::to_value(outcome) {
        Ok(serde_json::Value::String(name)) => Ok(name),
        _ => Err(Error::Config("an outcome has no name".to_owned())),
    }
}

/// Writes a mark. An automatic one never replaces a person's.
pub async fn set_mark(tx: &mut Tx, mark: &MarkRow) -> Result<()> {
    set_marks(tx, std::slice::from_ref(mark)).await
}

/// Writes marks, of each question of an attempt one. Automatic ones never replace a person's.
pub async fn set_marks(tx: &mut Tx, marks: &[MarkRow]) -> Result<()> {
    let rows: Vec<(&MarkRow, String, String)> = marks
        .iter()
        .map(|mark| Ok((mark, outcome_name(mark.marked.outcome)?, to_json(&mark.marked)?)))
        .collect::<Result<_>>()?;
    for rows in rows.chunks(ROWS_MAX) {
        let size = db::rows::size_on(tx, rows.len());
        let places = db::rows::places_on(tx, size, 10);
        let sql = format!(
            "INSERT INTO exam.marks (attempt_id, question_id, points, points_max, outcome, breakdown, key_version,
                 marker_id, comment, marked_at)
             VALUES {places}
             ON CONFLICT (attempt_id, question_id) DO UPDATE
             SET points = excluded.points,
                 points_max = excluded.points_max,
                 outcome = excluded.outcome,
                 breakdown = excluded.breakdown,
                 key_version = excluded.key_version,
                 marker_id = excluded.marker_id,
                 comment = excluded.comment,
                 marked_at = excluded.marked_at
             WHERE exam.marks.marker_id IS NULL OR excluded.marker_id IS NOT NULL"
        );
        db::on!(&mut **tx, c => {
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for (mark, outcome, breakdown) in db::rows::fill_to(rows, size) {
                query = query
                    .bind(mark.attempt)
                    .bind(mark.question)
                    .bind(mark.marked.points)
                    .bind(mark.marked.points_max)
                    .bind(outcome.as_str())
                    .bind(breakdown.as_str())
                    .bind(mark.key_version)
                    .bind(mark.marker)
                    .bind(mark.comment.as_str())
                    .bind(mark.marked_at);
            }
            query.execute(c).await?;
        });
    }
    Ok(())
}

/// The marks of an attempt.
pub async fn marks(conn: &mut Conn, attempt: AttemptId) -> Result<Vec<MarkRow>> {
    let raws: Vec<RawMark> = db::on!(conn, c => sqlx::query_as(
        "SELECT attempt_id, question_id, breakdown, key_version, marker_id, comment, marked_at
         FROM exam.marks
         WHERE attempt_id = $1
         ORDER BY question_id",
    )
    .bind(attempt)
    .fetch_all(c)
    .await)?;
    raws.into_iter().map(RawMark::read).collect()
}

/// The marks that people gave of these attempts.
pub async fn marks_by_people(conn: &mut Conn, attempts: &[AttemptId]) -> Result<Vec<MarkRow>> {
    let mut marks = Vec::new();
    for attempts in attempts.chunks(ROWS_MAX) {
        let places = db::rows::places_on(conn, 1, db::rows::padded(attempts.len()));
        let sql = format!(
            "SELECT attempt_id, question_id, breakdown, key_version, marker_id, comment, marked_at
             FROM exam.marks
             WHERE attempt_id IN {places} AND marker_id IS NOT NULL"
        );
        let raws: Vec<RawMark> = db::on!(conn, c => {
            let mut query = sqlx::query_as(AssertSqlSafe(sql));
            for attempt in db::rows::fill(attempts) {
                query = query.bind(*attempt);
            }
            query.fetch_all(c).await
        })?;
        for raw in raws {
            marks.push(raw.read()?);
        }
    }
    Ok(marks)
}

/// Takes a mark away, whoever gave it.
pub async fn forget_mark(tx: &mut Tx, attempt: AttemptId, question: QuestionVersionId) -> Result<()> {
    db::on!(&mut **tx, c => sqlx::query("DELETE FROM exam.marks WHERE attempt_id = $1 AND question_id = $2")
        .bind(attempt)
        .bind(question)
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(())
}

/// Whether a person has marked anything of an attempt.
pub async fn is_marked_by_person(conn: &mut Conn, attempt: AttemptId) -> Result<bool> {
    let marks: i64 = db::on!(conn, c => sqlx::query_scalar(
        "SELECT COUNT(*) FROM exam.marks WHERE attempt_id = $1 AND marker_id IS NOT NULL",
    )
    .bind(attempt)
    .fetch_one(c)
    .await)?;
    Ok(marks > 0)
}

/// The stage at which everything that the policy allows is shown.
pub const STAGE_RESULTS: &str = "results";

/// Releases a stage of a sitting; false when it was released before.
pub async fn release(
    tx: &mut Tx,
    sitting: SittingId,
    stage: &str,
    by: Option<AccountId>,
    now: Instant,
) -> Result<bool> {
    let rows = db::on!(&mut **tx, c => sqlx::query(
        "INSERT INTO exam.releases (sitting_id, stage, released_by, released_at)
         VALUES ($1, $2, $3, $4)
         ON CONFLICT DO NOTHING",
    )
    .bind(sitting)
    .bind(stage)
    .bind(by)
    .bind(now)
    .execute(c)
    .await
    .map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}

/// Takes a release back; false when there was none.
pub async fn withdraw_release(tx: &mut Tx, sitting: SittingId, stage: &str) -> Result<bool> {
    let rows = db::on!(&mut **tx, c => sqlx::query(
        "DELETE FROM exam.releases WHERE sitting_id = $1 AND stage = $2",
    )
    .bind(sitting)
    .bind(stage)
    .execute(c)
    .await
    .map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}

/// When a stage of a sitting was released.
pub async fn released_at(conn: &mut Conn, sitting: SittingId, stage: &str) -> Result<Option<Instant>> {
    Ok(db::on!(conn, c => sqlx::query_scalar(
        "SELECT released_at FROM exam.releases WHERE sitting_id = $1 AND stage = $2",
    )
    .bind(sitting)
    .bind(stage)
    .fetch_optional(c)
    .await)?)
}
