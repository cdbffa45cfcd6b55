//! `analytics.attempts`.

use authz::{AttemptId, SittingId};
use db::{Conn, Result, Tx};
use foundation::{Instant, Points};
use sqlx::FromRow;

use crate::domain::distribution::Score;

/// Notes that an attempt exists. Its sitting must be noted before.
pub async fn note(tx: &mut Tx, id: AttemptId, sitting: SittingId) -> Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "INSERT INTO analytics.attempts (id, sitting_id)
         VALUES ($1, $2)
         ON CONFLICT DO NOTHING",
    )
    .bind(id)
    .bind(sitting)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Notes when an attempt began.
pub async fn set_started(tx: &mut Tx, id: AttemptId, started_at: Instant) -> Result<()> {
    db::on!(&mut **tx, c => sqlx::query("UPDATE analytics.attempts SET started_at = $1 WHERE id = $2")
        .bind(started_at)
        .bind(id)
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(())
}

/// Notes when an attempt ended, and whether its candidate handed it in.
pub async fn set_ended(tx: &mut Tx, id: AttemptId, ended_at: Instant, handed_in: bool) -> Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "UPDATE analytics.attempts SET ended_at = $1, handed_in = $2 WHERE id = $3",
    )
    .bind(ended_at)
    .bind(handed_in)
    .bind(id)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// A mark, as told at `marked_at`.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    /// The score so far, and the most that it could be.
    pub score: Score,
    /// Whether nothing waits for a person.
    pub complete: bool,
    /// When this was told.
    pub marked_at: Instant,
}

/// Notes how an attempt was marked; a mark that was told later stays.
pub async fn set_mark(tx: &mut Tx, id: AttemptId, mark: Mark) -> Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "UPDATE analytics.attempts
         SET score = $1, points_max = $2, complete = $3, marked_at = $4
         WHERE id = $5 AND (marked_at IS NULL OR marked_at <= $4)",
    )
    .bind(mark.score.points)
    .bind(mark.score.points_max)
    .bind(mark.complete)
    .bind(mark.marked_at)
    .bind(id)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

#[derive(FromRow)]
struct Raw {
    score: Points,
    points_max: Points,
}

/// The scores of a sitting's attempts that are over and marked, with nothing waiting for a person.
pub async fn scores(conn: &mut Conn, sitting: SittingId) -> Result<Vec<Score>> {
    let raws: Vec<Raw> = db::on!(conn, c => sqlx::query_as(
        "SELECT score, points_max
         FROM analytics.attempts
         WHERE sitting_id = $1
           AND ended_at IS NOT NULL
           AND complete
           AND score IS NOT NULL
           AND points_max IS NOT NULL",
    )
    .bind(sitting)
    .fetch_all(c)
    .await)?;
    Ok(raws.into_iter().map(|raw| Score { points: raw.score, points_max: raw.points_max }).collect())
}
