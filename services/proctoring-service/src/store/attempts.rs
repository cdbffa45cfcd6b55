//! `proctoring.attempts`.

use authz::{AccountId, AttemptId, SittingId};
use db::{Conn, Result, Tx, rows::ROWS_MAX};
use foundation::Instant;
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;

/// What is known of an attempt.
#[derive(Clone, Copy, Debug, FromRow)]
pub struct AttemptRow {
    /// Its id.
    pub id: AttemptId,
    /// Its sitting.
    pub sitting_id: SittingId,
    /// Its candidate.
    pub candidate_id: AccountId,
    /// When it ended, as far as is known.
    pub ended_at: Option<Instant>,
    /// Violations recorded.
    pub violations: i64,
    /// Signals beyond the most that are recorded.
    pub left_out: i64,
}

/// Whose attempt it is, and in which sitting.
#[derive(Clone, Copy, Debug)]
pub struct Whose {
    /// The attempt.
    pub attempt: AttemptId,
    /// Its sitting.
    pub sitting: SittingId,
    /// Its candidate.
    pub candidate: AccountId,
}

/// The attempt, if anything is known of it.
pub async fn find(conn: &mut Conn, id: AttemptId) -> Result<Option<AttemptRow>> {
    Ok(db::on!(conn, c => sqlx::query_as(
        "SELECT id, sitting_id, candidate_id, ended_at, violations, left_out
         FROM proctoring.attempts
         WHERE id = $1",
    )
    .bind(id)
    .fetch_optional(c)
    .await)?)
}

/// Those of these attempts of which anything is known, by their ids.
pub async fn find_all(conn: &mut Conn, ids: &[AttemptId]) -> Result<Vec<AttemptRow>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let places = (1..=ids.len()).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ");
    let sql = format!(
        "SELECT id, sitting_id, candidate_id, ended_at, violations, left_out
         FROM proctoring.attempts
         WHERE id IN ({places})
         ORDER BY id"
    );
    Ok(db::on!(conn, c => {
        let mut query = sqlx::query_as(AssertSqlSafe(sql));
        for id in ids {
            query = query.bind(*id);
        }
        query.fetch_all(c).await
    })?)
}

/// Notes that an attempt exists, and holds its row until the transaction ends: two signals of one attempt go one after
/// the other. Its sitting must be noted before.
pub async fn hold(tx: &mut Tx, whose: Whose) -> Result<AttemptRow> {
    Ok(db::on!(&mut **tx, c => sqlx::query_as(
        "INSERT INTO proctoring.attempts (id, sitting_id, candidate_id)
         VALUES ($1, $2, $3)
         ON CONFLICT (id) DO UPDATE SET id = excluded.id
         RETURNING id, sitting_id, candidate_id, ended_at, violations, left_out",
    )
    .bind(whose.attempt)
    .bind(whose.sitting)
    .bind(whose.candidate)
    .fetch_one(c)
    .await)?)
}

/// Notes when attempts began, of each one time at most. Their sittings must be noted before.
pub async fn set_started(tx: &mut Tx, started: &[(Whose, Instant)]) -> Result<()> {
    set_times(tx, "started_at", started).await
}

/// Notes when attempts ended, of each one time at most. Their sittings must be noted before.
pub async fn set_ended(tx: &mut Tx, ended: &[(Whose, Instant)]) -> Result<()> {
    set_times(tx, "ended_at", ended).await
}

async fn set_times(tx: &mut Tx, column: &'static str, times: &[(Whose, Instant)]) -> Result<()> {
    for rows in times.chunks(ROWS_MAX) {
        let size = db::rows::size_on(tx, rows.len());
        let places = db::rows::places_on(tx, size, 4);
        let sql = format!(
            "INSERT INTO proctoring.attempts (id, sitting_id, candidate_id, {column})
             VALUES {places}
             ON CONFLICT (id) DO UPDATE SET {column} = excluded.{column}"
        );
        db::on!(&mut **tx, c => {
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for (whose, time) in db::rows::fill_to(rows, size) {
                query = query.bind(whose.attempt).bind(whose.sitting).bind(whose.candidate).bind(*time);
            }
            query.execute(c).await?;
        });
    }
    Ok(())
}

/// Counts one more recorded violation.
pub async fn count_violation(tx: &mut Tx, id: AttemptId) -> Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "UPDATE proctoring.attempts SET violations = violations + 1 WHERE id = $1",
    )
    .bind(id)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Counts one more signal beyond the most that are recorded.
pub async fn count_left_out(tx: &mut Tx, id: AttemptId) -> Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "UPDATE proctoring.attempts SET left_out = left_out + 1 WHERE id = $1",
    )
    .bind(id)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Attempts of a sitting that have violations, the newest attempt first, from behind `after`; one more than `limit`.
pub async fn with_violations(
    conn: &mut Conn,
    sitting: SittingId,
    after: Option<AttemptId>,
    limit: i64,
) -> Result<Vec<AttemptRow>> {
    let before = after.map_or(Uuid::max(), AttemptId::uuid);
    Ok(db::on!(conn, c => sqlx::query_as(
        "SELECT id, sitting_id, candidate_id, ended_at, violations, left_out
         FROM proctoring.attempts
         WHERE sitting_id = $1 AND violations > 0 AND id < $2
         ORDER BY id DESC
         LIMIT $3",
    )
    .bind(sitting)
    .bind(before)
    .bind(limit + 1)
    .fetch_all(c)
    .await)?)
}
