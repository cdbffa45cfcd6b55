//! Attempts that wait for a job, which looks each second: by an index, however many attempts there are.

use authz::SittingId;
use db::{Conn, Result};
use foundation::Instant;
use sqlx::AssertSqlSafe;

use super::{AttemptRow, COLUMNS, Raw};

/// Sittings with an outage that they have done nothing about yet: it may give their attempts more time.
const UNSETTLED: &str = "SELECT sitting_id FROM exam.outages WHERE settled_at IS NULL";

/// What the index of closing times is about, word for word, so that SQLite takes it.
const RUNS: &str = "closes_at IS NOT NULL AND ended_at IS NULL";
/// What the index of attempts that nobody has started is about.
const WAITS: &str = "started_at IS NULL AND ended_at IS NULL";

/// Attempts that time has closed and nobody has noticed; at most `limit`.
pub async fn due_to_close(conn: &mut Conn, now: Instant, limit: i64) -> Result<Vec<AttemptRow>> {
    let sql = format!(
        "SELECT {COLUMNS}
         FROM exam.attempts
         WHERE {RUNS} AND state = 'in_progress' AND closes_at < $1 AND sitting_id NOT IN ({UNSETTLED})
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
         WHERE {WAITS}
           AND state IN ('scheduled', 'ready')
           AND sitting_id NOT IN ({UNSETTLED})
           AND sitting_id IN (SELECT id FROM exam.sittings
             WHERE entry_closes_at + start_spread_us < $1 AND cancelled_at IS NULL AND paused_at IS NULL)
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

/// Attempts that auth-service hasn't been told of, of one sitting or of all; at most `limit`.
pub async fn to_hand_over(
    conn: &mut Conn,
    sitting: Option<SittingId>,
    limit: i64,
) -> Result<Vec<AttemptRow>> {
    let narrower = if sitting.is_some() { "AND sitting_id = $2" } else { "" };
    // The index's own words.
    let waiting = match conn {
        Conn::Sqlite(_) => "handed_over = 0",
        Conn::Postgres(_) => "NOT handed_over",
    };
    let sql = format!(
        "SELECT {COLUMNS}
         FROM exam.attempts
         WHERE {waiting} {narrower}
         ORDER BY created_at
         LIMIT $1"
    );
    let raws: Vec<Raw> = db::on!(conn, c => {
        let mut query = sqlx::query_as(AssertSqlSafe(sql)).bind(limit);
        if let Some(sitting) = sitting {
            query = query.bind(sitting);
        }
        query.fetch_all(c).await
    })?;
    raws.into_iter().map(Raw::read).collect()
}
