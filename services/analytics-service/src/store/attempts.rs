//! `analytics.attempts`.

use authz::{AttemptId, SittingId};
use db::{Conn, Result, Tx, rows::ROWS_MAX};
use foundation::{Instant, Points};
use sqlx::{AssertSqlSafe, FromRow};

use crate::domain::distribution::Score;

/// Notes when attempts began, of each one time at most. Their sittings must be noted before.
pub async fn set_started(tx: &mut Tx, started: &[(AttemptId, SittingId, Instant)]) -> Result<()> {
    for rows in started.chunks(ROWS_MAX) {
        let size = db::rows::size_on(tx, rows.len());
        let places = db::rows::places_on(tx, size, 3);
        let sql = format!(
            "INSERT INTO analytics.attempts (id, sitting_id, started_at)
             VALUES {places}
             ON CONFLICT (id) DO UPDATE SET started_at = excluded.started_at"
        );
        db::on!(&mut **tx, c => {
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for (attempt, sitting, started_at) in db::rows::fill_to(rows, size) {
                query = query.bind(*attempt).bind(*sitting).bind(*started_at);
            }
            query.execute(c).await?;
        });
    }
    Ok(())
}

/// How an attempt ended.
#[derive(Clone, Copy, Debug)]
pub struct End {
    /// The attempt.
    pub attempt: AttemptId,
    /// Its sitting.
    pub sitting: SittingId,
    /// When it ended.
    pub ended_at: Instant,
    /// Whether its candidate handed it in.
    pub handed_in: bool,
}

/// Notes how attempts ended, of each one end at most. Their sittings must be noted before.
pub async fn set_ended(tx: &mut Tx, ends: &[End]) -> Result<()> {
    for rows in ends.chunks(ROWS_MAX) {
        let size = db::rows::size_on(tx, rows.len());
        let places = db::rows::places_on(tx, size, 4);
        let sql = format!(
            "INSERT INTO analytics.attempts (id, sitting_id, ended_at, handed_in)
             VALUES {places}
             ON CONFLICT (id) DO UPDATE SET ended_at = excluded.ended_at, handed_in = excluded.handed_in"
        );
        db::on!(&mut **tx, c => {
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for end in db::rows::fill_to(rows, size) {
                query = query.bind(end.attempt).bind(end.sitting).bind(end.ended_at).bind(end.handed_in);
            }
            query.execute(c).await?;
        });
    }
    Ok(())
}

/// A mark, as told at `marked_at`.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    /// The attempt.
    pub attempt: AttemptId,
    /// Its sitting.
    pub sitting: SittingId,
    /// The score so far, and the most that it could be.
    pub score: Score,
    /// Whether nothing waits for a person.
    pub complete: bool,
    /// When this was told.
    pub marked_at: Instant,
}

/// Notes how attempts were marked, of each one mark at most; a mark that was told later stays. Their sittings must be
/// noted before.
pub async fn set_marks(tx: &mut Tx, marks: &[Mark]) -> Result<()> {
    for rows in marks.chunks(ROWS_MAX) {
        let size = db::rows::size_on(tx, rows.len());
        let places = db::rows::places_on(tx, size, 6);
        let sql = format!(
            "INSERT INTO analytics.attempts (id, sitting_id, score, points_max, complete, marked_at)
             VALUES {places}
             ON CONFLICT (id) DO UPDATE
             SET score = excluded.score,
                 points_max = excluded.points_max,
                 complete = excluded.complete,
                 marked_at = excluded.marked_at
             WHERE analytics.attempts.marked_at IS NULL OR analytics.attempts.marked_at <= excluded.marked_at"
        );
        db::on!(&mut **tx, c => {
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for mark in db::rows::fill_to(rows, size) {
                query = query
                    .bind(mark.attempt)
                    .bind(mark.sitting)
                    .bind(mark.score.points)
                    .bind(mark.score.points_max)
                    .bind(mark.complete)
                    .bind(mark.marked_at);
            }
            query.execute(c).await?;
        });
    }
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
