//! What markers and officers ask of `exam.marks`: question by question without names, and a whole sitting at a glance.

use authz::{AccountId, AttemptId, SittingId, UnitPath};
use db::{Conn, Result, Tx, rows::ROWS_MAX};
use foundation::{Instant, Points};
use question_model::{Marked, QuestionVersionId};
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;

use super::json;

/// Gives attempts the names under which markers see them: random bytes each, that say nothing of who or when. The first
/// one stays.
pub async fn name(tx: &mut Tx, names: &[(AttemptId, [u8; 16])]) -> Result<()> {
    for names in names.chunks(ROWS_MAX) {
        let size = db::rows::size_on(tx, names.len());
        let places = db::rows::places_on(tx, size, 2);
        let sql = format!(
            "INSERT INTO exam.marking_refs (attempt_id, ref) VALUES {places} ON CONFLICT (attempt_id) DO NOTHING"
        );
        db::on!(&mut **tx, c => {
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for (attempt, random) in db::rows::fill_to(names, size) {
                query = query.bind(*attempt).bind(uuid::Builder::from_random_bytes(*random).into_uuid());
            }
            query.execute(c).await?;
        });
    }
    Ok(())
}

/// The attempt of a sitting that markers see under this name.
pub async fn named(conn: &mut Conn, sitting: SittingId, reference: Uuid) -> Result<Option<AttemptId>> {
    Ok(db::on!(conn, c => sqlx::query_scalar(
        "SELECT r.attempt_id
         FROM exam.marking_refs AS r
         JOIN exam.attempts AS a ON a.id = r.attempt_id
         WHERE r.ref = $1 AND a.sitting_id = $2",
    )
    .bind(reference)
    .bind(sitting)
    .fetch_optional(c)
    .await)?)
}

/// A question that people mark, and how far they are.
#[derive(Clone, Copy, Debug, FromRow)]
pub struct QuestionToMark {
    /// The question.
    pub question_id: QuestionVersionId,
    /// Responses that wait for a person.
    pub waiting: i64,
    /// Responses that a person has marked.
    pub marked: i64,
}

/// The questions of a sitting that people mark.
pub async fn questions(conn: &mut Conn, sitting: SittingId) -> Result<Vec<QuestionToMark>> {
    Ok(db::on!(conn, c => sqlx::query_as(
        "SELECT m.question_id,
                COUNT(CASE WHEN m.outcome = 'needs_marking' THEN 1 END) AS waiting,
                COUNT(m.marker_id) AS marked
         FROM exam.marks AS m
         JOIN exam.attempts AS a ON a.id = m.attempt_id
         WHERE a.sitting_id = $1 AND (m.outcome = 'needs_marking' OR m.marker_id IS NOT NULL)
         GROUP BY m.question_id
         ORDER BY m.question_id",
    )
    .bind(sitting)
    .fetch_all(c)
    .await)?)
}

/// A sitting of which responses wait for a person.
#[derive(Clone, Debug, FromRow)]
pub struct SittingToMark {
    /// The sitting.
    pub sitting_id: SittingId,
    /// Its title.
    pub title: String,
    /// How many responses wait.
    pub waiting: i64,
}

/// The sittings under any of `units` of which responses wait for a person, those that ended first in front; at most
/// `limit`.
pub async fn sittings(conn: &mut Conn, units: &[UnitPath], limit: i64) -> Result<Vec<SittingToMark>> {
    let Some(under) = super::sittings::under(units, 2) else { return Ok(Vec::new()) };
    let sql = format!(
        "SELECT s.id AS sitting_id, s.title, COUNT(*) AS waiting
         FROM exam.sittings AS s
         JOIN exam.attempts AS a ON a.sitting_id = s.id AND a.marking = 'partial'
         JOIN exam.marks AS m ON m.attempt_id = a.id AND m.outcome = 'needs_marking'
         WHERE s.cancelled_at IS NULL AND {under}
         GROUP BY s.id, s.title, s.window_ends_at
         ORDER BY s.window_ends_at, s.id
         LIMIT $1"
    );
    Ok(db::on!(conn, c => {
        let mut query = sqlx::query_as(AssertSqlSafe(sql)).bind(limit);
        for unit in units {
            query = query.bind(unit.as_str().to_owned());
        }
        query.fetch_all(c).await
    })?)
}

/// A response that a person marks, without a name.
#[derive(Clone, Debug)]
pub struct ResponseToMark {
    /// What markers call the attempt.
    pub reference: Uuid,
    /// The response's exact bytes; none once erased.
    pub payload: Option<Vec<u8>>,
    /// Its mark so far.
    pub marked: Marked,
    /// Who marked it.
    pub marker: Option<AccountId>,
    /// What they say to the candidate.
    pub comment: String,
    /// When it was marked, by machine or person.
    pub marked_at: Instant,
}

#[derive(FromRow)]
struct RawResponse {
    reference: Uuid,
    payload: Option<Vec<u8>>,
    breakdown: String,
    marker_id: Option<AccountId>,
    comment: String,
    marked_at: Instant,
}

/// The responses to a question of a sitting that people mark, in an order of chance, `after` the last one seen; at
/// most `limit`. Only those that still wait if `waiting`.
pub async fn responses(
    conn: &mut Conn,
    sitting: SittingId,
    question: QuestionVersionId,
    waiting: bool,
    after: Option<Uuid>,
    limit: i64,
) -> Result<Vec<ResponseToMark>> {
    let sql = format!(
        "SELECT n.ref AS reference, r.payload, m.breakdown, m.marker_id, m.comment, m.marked_at
         FROM exam.marks AS m
         JOIN exam.attempts AS a ON a.id = m.attempt_id
         JOIN exam.marking_refs AS n ON n.attempt_id = m.attempt_id
         LEFT JOIN exam.responses AS r ON r.attempt_id = m.attempt_id AND r.question_id = m.question_id
         WHERE a.sitting_id = $1
           AND m.question_id = $2
           AND (m.outcome = 'needs_marking' {})
           AND n.ref > $3
         ORDER BY n.ref
         LIMIT $4",
        if waiting { "" } else { "OR m.marker_id IS NOT NULL" }
    );
    let raws: Vec<RawResponse> = db::on!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(sitting)
        .bind(question)
        .bind(after.unwrap_or(Uuid::nil()))
        .bind(limit)
        .fetch_all(c)
        .await)?;
    raws.into_iter()
        .map(|raw| {
            Ok(ResponseToMark {
                marked: json("exam.marks", "breakdown", raw.reference, raw.breakdown.as_bytes())?,
                reference: raw.reference,
                payload: raw.payload,
                marker: raw.marker_id,
                comment: raw.comment,
                marked_at: raw.marked_at,
            })
        })
        .collect()
}

/// How a sitting's marking stands. Counts candidates who are expected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromRow)]
pub struct MarkingCounts {
    /// Candidates who are expected.
    pub expected: i64,
    /// Attempts that still run, or can still start.
    pub unfinished: i64,
    /// Attempts that nobody started.
    pub absent: i64,
    /// Attempts that have ended and aren't marked at all.
    pub unmarked: i64,
    /// Attempts of which something waits for a person.
    pub partial: i64,
    /// Attempts that are marked.
    pub marked: i64,
}

/// How a sitting's marking stands.
pub async fn counts(conn: &mut Conn, sitting: SittingId) -> Result<MarkingCounts> {
    Ok(db::on!(conn, c => sqlx::query_as(
        "SELECT COUNT(*) AS expected,
                COUNT(CASE WHEN ended_at IS NULL THEN 1 END) AS unfinished,
                COUNT(CASE WHEN ended_at IS NOT NULL AND started_at IS NULL THEN 1 END) AS absent,
                COUNT(CASE WHEN ended_at IS NOT NULL AND started_at IS NOT NULL AND marking = 'none' THEN 1 END)
                    AS unmarked,
                COUNT(CASE WHEN marking = 'partial' THEN 1 END) AS partial,
                COUNT(CASE WHEN marking = 'marked' THEN 1 END) AS marked
         FROM exam.attempts
         WHERE sitting_id = $1 AND roster_status = 'expected'",
    )
    .bind(sitting)
    .fetch_one(c)
    .await)?)
}

/// The scores of a sitting, at a glance.
#[derive(Clone, Copy, Debug, FromRow)]
pub struct ScoreRange {
    /// Attempts with a score.
    pub scored: i64,
    /// The sum of all scores.
    pub sum: Points,
    /// The lowest.
    pub lowest: Option<Points>,
    /// The highest.
    pub highest: Option<Points>,
}

/// The scores of a sitting, at a glance.
pub async fn score_range(conn: &mut Conn, sitting: SittingId) -> Result<ScoreRange> {
    Ok(db::on!(conn, c => sqlx::query_as(
        "SELECT COUNT(score) AS scored,
                CAST(COALESCE(SUM(score), 0) AS bigint) AS sum,
                MIN(score) AS lowest,
                MAX(score) AS highest
         FROM exam.attempts
         WHERE sitting_id = $1 AND marking <> 'none'",
    )
    .bind(sitting)
    .fetch_one(c)
    .await)?)
}

/// Whose results a release tells: those who are expected and have started.
pub async fn with_results(conn: &mut Conn, sitting: SittingId) -> Result<Vec<AccountId>> {
    Ok(db::on!(conn, c => sqlx::query_scalar(
        "SELECT candidate_id
         FROM exam.attempts
         WHERE sitting_id = $1 AND roster_status = 'expected' AND started_at IS NOT NULL
         ORDER BY candidate_id",
    )
    .bind(sitting)
    .fetch_all(c)
    .await)?)
}

/// A mark without its breakdown.
#[derive(Clone, Copy, Debug, FromRow)]
pub struct MarkPoints {
    /// The attempt.
    pub attempt_id: AttemptId,
    /// The question.
    pub question_id: QuestionVersionId,
    /// Its points.
    pub points: Points,
    /// Whether it waits for a person.
    pub waiting: bool,
}

/// The points of every mark of these attempts, for an export.
pub async fn points(conn: &mut Conn, attempts: &[AttemptId]) -> Result<Vec<MarkPoints>> {
    if attempts.is_empty() {
        return Ok(Vec::new());
    }
    let places = (1..=attempts.len()).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ");
    let sql = format!(
        "SELECT attempt_id, question_id, points, outcome = 'needs_marking' AS waiting
         FROM exam.marks
         WHERE attempt_id IN ({places})"
    );
    Ok(db::on!(conn, c => {
        let mut query = sqlx::query_as(AssertSqlSafe(sql));
        for attempt in attempts {
            query = query.bind(*attempt);
        }
        query.fetch_all(c).await
    })?)
}
