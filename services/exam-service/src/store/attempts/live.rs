//! A sitting's attempts as those see them who watch over it.

use std::{fmt, str::FromStr};

use authz::{AttemptId, SittingId};
use db::{Conn, Result};
use foundation::{Instant, PageQuery};
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;

use super::{AttemptRow, COLUMNS, Raw};
use crate::{domain::attempt::AttemptState, store::containing};

/// The last attempt of a page: its number orders the list, its id tells namesakes apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The attempt.
    pub id: AttemptId,
    /// The candidate's number.
    pub number: String,
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.id, self.number)
    }
}

impl FromStr for Cursor {
    type Err = uuid::Error;
    fn from_str(text: &str) -> std::result::Result<Self, uuid::Error> {
        let (id, number) = text.split_once('.').unwrap_or((text, ""));
        Ok(Self { id: id.parse()?, number: number.to_owned() })
    }
}

/// Which attempts a list shows.
#[derive(Clone, Debug, Default)]
pub struct LiveFilter {
    /// Those in this state, by the clock: one that time has closed counts as handed in, noticed or not.
    pub state: Option<AttemptState>,
    /// Those whose number or name holds this text, in any case.
    pub search: Option<String>,
    /// Those who sit in this room.
    pub room: Option<String>,
    /// Those with entries that came late, or went back where there is no way back.
    pub late: bool,
}

/// An attempt's state by the clock.
const STATE_NOW: &str = "CASE WHEN state = 'in_progress' AND closes_at < $2 THEN 'submitted' ELSE state END";

/// A page of a sitting's attempts by candidate number; one more than the page holds.
pub async fn list(
    conn: &mut Conn,
    sitting: SittingId,
    filter: &LiveFilter,
    now: Instant,
    page: &PageQuery,
) -> Result<Vec<AttemptRow>> {
    let after = page.after.as_deref().and_then(|cursor| cursor.parse::<Cursor>().ok());
    let (number, id) = after.map_or((String::new(), Uuid::nil()), |cursor| (cursor.number, cursor.id.uuid()));
    let sql = format!(
        "SELECT {COLUMNS}
         FROM exam.attempts
         WHERE sitting_id = $1
           AND CAST($2 AS bigint) IS NOT NULL
           AND (candidate_number > $3 OR (candidate_number = $3 AND id > $4))
           AND (CAST($7 AS text) IS NULL OR room = $7)
           AND (LOWER(candidate_number) LIKE $5 ESCAPE '\\' OR LOWER(candidate_name) LIKE $5 ESCAPE '\\')
           {}
           {}
         ORDER BY candidate_number, id
         LIMIT $6",
        filter.state.map_or_else(String::new, |state| format!("AND {STATE_NOW} = '{}'", state.as_str())),
        if filter.late {
            "AND (passed_over > 0 OR EXISTS (
                 SELECT 1 FROM exam.journal AS j WHERE j.attempt_id = attempts.id AND j.status = 'late'
             ))"
        } else {
            ""
        },
    );
    let raws: Vec<Raw> = db::on!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(sitting)
        .bind(now)
        .bind(number)
        .bind(id)
        .bind(containing(filter.search.as_deref().unwrap_or("")))
        .bind(page.limit() + 1)
        .bind(filter.room.as_deref())
        .fetch_all(c)
        .await)?;
    raws.into_iter().map(Raw::read).collect()
}

/// How many attempts of a sitting are in one state, by the clock, with one status on the roster.
#[derive(Clone, Debug, FromRow)]
pub struct StateCount {
    /// The state's name.
    pub state: String,
    /// The roster status's name.
    pub roster_status: String,
    /// How many.
    pub attempts: i64,
    /// How many of them have entries that went back and wait for an officer.
    pub passed_over: i64,
}

/// A sitting's attempts by state and roster status.
pub async fn counts(conn: &mut Conn, sitting: SittingId, now: Instant) -> Result<Vec<StateCount>> {
    let sql = format!(
        "SELECT {STATE_NOW} AS state, roster_status, COUNT(*) AS attempts,
                COUNT(CASE WHEN passed_over > 0 THEN 1 END) AS passed_over
         FROM exam.attempts
         WHERE sitting_id = $1
         GROUP BY 1, 2"
    );
    Ok(db::on!(conn, c => sqlx::query_as(AssertSqlSafe(sql)).bind(sitting).bind(now).fetch_all(c).await)?)
}

/// The rooms of a sitting, by name; at most `limit`.
pub async fn rooms(conn: &mut Conn, sitting: SittingId, limit: i64) -> Result<Vec<String>> {
    Ok(db::on!(conn, c => sqlx::query_scalar(
        "SELECT DISTINCT room FROM exam.attempts WHERE sitting_id = $1 AND room <> '' ORDER BY room LIMIT $2",
    )
    .bind(sitting)
    .bind(limit)
    .fetch_all(c)
    .await)?)
}

/// How many attempts of a sitting have entries that came late and weren't admitted.
pub async fn with_late_entries(conn: &mut Conn, sitting: SittingId) -> Result<i64> {
    Ok(db::on!(conn, c => sqlx::query_scalar(
        "SELECT COUNT(DISTINCT j.attempt_id)
         FROM exam.journal AS j
         JOIN exam.attempts AS a ON a.id = j.attempt_id
         WHERE j.status = 'late' AND j.admitted_at IS NULL AND a.sitting_id = $1",
    )
    .bind(sitting)
    .fetch_one(c)
    .await)?)
}
