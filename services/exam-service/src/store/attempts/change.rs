//! Changes of an attempt's row: each guarded by what it may change from. What changes one of
//! [`LOCKED_COLUMNS`](super::LOCKED_COLUMNS) counts the version up, or saves go on by what was.

use authz::{AttemptId, SittingId};
use db::{Result, Tx, rows::ROWS_MAX};
use foundation::{Instant, Points};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use crate::domain::{
    attempt::{AttemptState, MarkingState, RosterStatus},
    time::{Ends, ExtraTime},
};

/// Notes that `device` asks for an attempt that another one has, if its row is still at `version`.
pub async fn ask_to_move(
    tx: &mut Tx,
    id: AttemptId,
    version: i64,
    device: Uuid,
    now: Instant,
) -> Result<bool> {
    let rows = db::on!(&mut **tx, c => sqlx::query(
        "UPDATE exam.attempts
         SET move_device = $1, move_asked_at = $2, move_allowed_at = NULL, version = version + 1
         WHERE id = $3 AND version = $4",
    )
    .bind(device)
    .bind(now)
    .bind(id)
    .bind(version)
    .execute(c)
    .await
    .map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}

/// Lets an attempt move to the device that asks, or to the next one that does, if its row is still at `version`.
pub async fn allow_move(tx: &mut Tx, id: AttemptId, version: i64, now: Instant) -> Result<bool> {
    let rows = db::on!(&mut **tx, c => sqlx::query(
        "UPDATE exam.attempts
         SET move_allowed_at = $1, version = version + 1
         WHERE id = $2 AND version = $3",
    )
    .bind(now)
    .bind(id)
    .bind(version)
    .execute(c)
    .await
    .map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}

/// New times of an attempt.
#[derive(Clone, Copy, Debug)]
pub struct NewTimes {
    /// The attempt.
    pub attempt: AttemptId,
    /// The version of its row before.
    pub version: i64,
    /// Its extra time.
    pub extra: ExtraTime,
    /// When it ends; none for one that doesn't run yet.
    pub ends: Option<Ends>,
}

/// Writes new times of attempts, each of which its candidate has to see; answers how many there were: a row that isn't at its
/// `version` any more is left alone. Auth-service is to be told.
pub async fn set_times(tx: &mut Tx, times: &[NewTimes], now: Instant) -> Result<u64> {
    const SET: &str = "UPDATE exam.attempts
        SET extra_percent = new.column3, extra_us = new.column4, credit_us = new.column5, deadline = new.column6,
            closes_at = new.column7, handed_over = FALSE, told_version = version + 1, told_at = new.column8,
            version = version + 1";
    const WHICH: &str = "WHERE attempts.id = new.column1 AND attempts.version = new.column2";
    let deadline = |times: &NewTimes| times.ends.map(|ends| ends.deadline);
    let closes_at = |times: &NewTimes| times.ends.map(|ends| ends.closes_at);
    let mut written = 0;
    for times in times.chunks(ROWS_MAX) {
        written += db::on!(
            &mut **tx,
            sqlite c => {
                let places = db::rows::nameless_places(db::rows::padded(times.len()), 8);
                let mut query = sqlx::query(AssertSqlSafe(format!("{SET} FROM (VALUES {places}) AS new {WHICH}")));
                for one in db::rows::fill(times) {
                    query = query
                        .bind(one.attempt)
                        .bind(one.version)
                        .bind(i64::from(one.extra.percent))
                        .bind(one.extra.fixed)
                        .bind(one.extra.credit)
                        .bind(deadline(one))
                        .bind(closes_at(one))
                        .bind(now);
                }
                query.execute(c).await?.rows_affected()
            },
            postgres c => {
                let sql = format!(
                    "{SET}
                     FROM UNNEST($1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[],
                         $8::bigint[]) AS new (column1, column2, column3, column4, column5, column6, column7, column8)
                     {WHICH}"
                );
                let micros = |instant: Option<Instant>| instant.map(Instant::as_micros);
                sqlx::query(AssertSqlSafe(sql))
                    .bind(times.iter().map(|one| one.attempt.uuid()).collect::<Vec<Uuid>>())
                    .bind(times.iter().map(|one| one.version).collect::<Vec<i64>>())
                    .bind(times.iter().map(|one| i64::from(one.extra.percent)).collect::<Vec<i64>>())
                    .bind(times.iter().map(|one| one.extra.fixed.as_micros()).collect::<Vec<i64>>())
                    .bind(times.iter().map(|one| one.extra.credit.as_micros()).collect::<Vec<i64>>())
                    .bind(times.iter().map(|one| micros(deadline(one))).collect::<Vec<Option<i64>>>())
                    .bind(times.iter().map(|one| micros(closes_at(one))).collect::<Vec<Option<i64>>>())
                    .bind(vec![now.as_micros(); times.len()])
                    .execute(c)
                    .await?
                    .rows_affected()
            }
        );
    }
    Ok(written)
}

/// Opens an attempt again that time alone has closed, unmarked; false when its row isn't at `version` any more, or
/// somebody ended it.
pub async fn reopen(tx: &mut Tx, id: AttemptId, version: i64) -> Result<bool> {
    let rows = db::on!(&mut **tx, c => sqlx::query(
        "UPDATE exam.attempts
         SET state = 'in_progress', ended_at = NULL, marking = 'none', score = NULL, marked_at = NULL,
             version = version + 1
         WHERE id = $1 AND version = $2 AND state = 'submitted' AND submitted_at IS NULL",
    )
    .bind(id)
    .bind(version)
    .execute(c)
    .await
    .map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}

/// Counts up every attempt of a sitting whose times change, so that whoever decided by the old ones looks again; and
/// expects those again who were absent by the old ones. Auth-service is to be told.
pub async fn touch_sitting(tx: &mut Tx, sitting: SittingId, expect_again: bool) -> Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "UPDATE exam.attempts SET handed_over = $1, version = version + 1 WHERE sitting_id = $2",
    )
    .bind(false)
    .bind(sitting)
    .execute(c)
    .await
    .map(|_| ()))?;
    if expect_again {
        db::on!(&mut **tx, c => sqlx::query(
            "UPDATE exam.attempts
             SET state = CASE WHEN lease_no = 0 THEN 'scheduled' ELSE 'ready' END, ended_at = NULL,
                 version = version + 1
             WHERE sitting_id = $1 AND state = 'absent'",
        )
        .bind(sitting)
        .execute(c)
        .await
        .map(|_| ()))?;
    }
    Ok(())
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

/// Writes what an officer says of a candidate's place on the roster. Auth-service is to be told.
pub async fn set_roster_status(
    tx: &mut Tx,
    id: AttemptId,
    version: i64,
    status: RosterStatus,
) -> Result<bool> {
    let rows = db::on!(&mut **tx, c => sqlx::query(
        "UPDATE exam.attempts
         SET roster_status = $1, handed_over = $2, version = version + 1
         WHERE id = $3 AND version = $4",
    )
    .bind(status.as_str())
    .bind(false)
    .bind(id)
    .bind(version)
    .execute(c)
    .await
    .map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}

/// Writes where a candidate sits.
pub async fn set_room(tx: &mut Tx, id: AttemptId, room: &str) -> Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "UPDATE exam.attempts SET room = $1, version = version + 1 WHERE id = $2",
    )
    .bind(room)
    .bind(id)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Where an attempt's marking stands.
#[derive(Clone, Copy, Debug)]
pub struct NewScore {
    /// The attempt.
    pub attempt: AttemptId,
    /// Where its marking stands.
    pub marking: MarkingState,
    /// Its score so far.
    pub score: Points,
}

/// Writes where the marking of attempts stands.
pub async fn set_scores(tx: &mut Tx, scores: &[NewScore], now: Instant) -> Result<()> {
    const SET: &str = "UPDATE exam.attempts
        SET marking = new.column2, score = new.column3, marked_at = new.column4, version = version + 1";
    for scores in scores.chunks(ROWS_MAX) {
        db::on!(
            &mut **tx,
            sqlite c => {
                let places = db::rows::nameless_places(db::rows::padded(scores.len()), 4);
                let sql = format!("{SET} FROM (VALUES {places}) AS new WHERE attempts.id = new.column1");
                let mut query = sqlx::query(AssertSqlSafe(sql));
                for score in db::rows::fill(scores) {
                    query = query.bind(score.attempt).bind(score.marking.as_str()).bind(score.score).bind(now);
                }
                query.execute(c).await?;
            },
            postgres c => {
                let sql = format!(
                    "{SET}
                     FROM UNNEST($1::uuid[], $2::text[], $3::bigint[], $4::bigint[])
                         AS new (column1, column2, column3, column4)
                     WHERE attempts.id = new.column1"
                );
                sqlx::query(AssertSqlSafe(sql))
                    .bind(scores.iter().map(|score| score.attempt.uuid()).collect::<Vec<Uuid>>())
                    .bind(scores.iter().map(|score| score.marking.as_str()).collect::<Vec<&str>>())
                    .bind(scores.iter().map(|score| score.score.units()).collect::<Vec<i64>>())
                    .bind(vec![now.as_micros(); scores.len()])
                    .execute(c)
                    .await?;
            }
        );
    }
    Ok(())
}

/// Writes how many entries of an attempt are passed over.
pub async fn set_passed_over(tx: &mut Tx, id: AttemptId, entries: i64) -> Result<()> {
    db::on!(&mut **tx, c => sqlx::query("UPDATE exam.attempts SET passed_over = $1 WHERE id = $2")
        .bind(entries)
        .bind(id)
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(())
}

/// Says that an attempt is to be marked anew.
pub async fn set_unmarked(tx: &mut Tx, id: AttemptId) -> Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "UPDATE exam.attempts SET marking = 'none', version = version + 1 WHERE id = $1",
    )
    .bind(id)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Remembers that auth-service knows of an attempt as it was at `version`.
pub async fn set_handed_over(tx: &mut Tx, id: AttemptId, version: i64) -> Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "UPDATE exam.attempts SET handed_over = $1 WHERE id = $2 AND version = $3",
    )
    .bind(true)
    .bind(id)
    .bind(version)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}
