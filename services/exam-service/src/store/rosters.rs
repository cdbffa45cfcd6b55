//! Rosters across sittings: who is on which, and who is on two at once.

use std::collections::{HashMap, HashSet};

use authz::{AccountId, SittingId, UnitPath};
use db::{Conn, Error, Result};
use foundation::{Instant, Span};
use sqlx::{AssertSqlSafe, FromRow};

use super::sittings::SittingRow;
use crate::domain::roster::Accommodation;

/// Ids of one `IN` list.
const IDS_MAX: usize = 500;
/// Clashes that are looked for, at most.
pub const CLASHES_MAX: usize = 200;

fn places(count: usize, from: usize) -> String {
    (0..count).map(|n| format!("${}", n + from)).collect::<Vec<_>>().join(", ")
}

/// How many candidates each of these sittings expects.
pub async fn sizes(conn: &mut Conn, sittings: &[SittingId]) -> Result<HashMap<SittingId, i64>> {
    let mut sizes = HashMap::new();
    for ids in sittings.chunks(IDS_MAX) {
        let sql = format!(
            "SELECT sitting_id, COUNT(*)
             FROM exam.attempts
             WHERE sitting_id IN ({}) AND roster_status = 'expected'
             GROUP BY sitting_id",
            places(ids.len(), 1)
        );
        let rows: Vec<(SittingId, i64)> = db::on!(conn, c => {
            let mut query = sqlx::query_as(AssertSqlSafe(sql));
            for id in ids {
                query = query.bind(*id);
            }
            query.fetch_all(c).await
        })?;
        sizes.extend(rows);
    }
    Ok(sizes)
}

/// Who is expected at a sitting.
pub async fn expected(conn: &mut Conn, sitting: SittingId) -> Result<Vec<AccountId>> {
    Ok(db::on!(conn, c => sqlx::query_scalar(
        "SELECT candidate_id
         FROM exam.attempts
         WHERE sitting_id = $1 AND roster_status = 'expected'
         ORDER BY candidate_id",
    )
    .bind(sitting)
    .fetch_all(c)
    .await)?)
}

/// What stands for these people, where anything does.
pub async fn standing(
    conn: &mut Conn,
    candidates: &[AccountId],
) -> Result<HashMap<AccountId, Accommodation>> {
    let mut standing = HashMap::new();
    for ids in candidates.chunks(IDS_MAX) {
        let sql = format!(
            "SELECT candidate_id, extra_percent, extra_us
             FROM exam.accommodations
             WHERE candidate_id IN ({})",
            places(ids.len(), 1)
        );
        let rows: Vec<(AccountId, i64, Span)> = db::on!(conn, c => {
            let mut query = sqlx::query_as(AssertSqlSafe(sql));
            for id in ids {
                query = query.bind(*id);
            }
            query.fetch_all(c).await
        })?;
        standing.extend(rows.into_iter().map(|(candidate, percent, fixed)| {
            (candidate, Accommodation { percent: u32::try_from(percent).unwrap_or(0), fixed })
        }));
    }
    Ok(standing)
}

/// Whether `candidate` is on the roster of any sitting under one of `units`.
pub async fn known_to(conn: &mut Conn, candidate: AccountId, units: &[UnitPath]) -> Result<bool> {
    let rows: Vec<(String,)> = db::on!(conn, c => sqlx::query_as(
        "SELECT DISTINCT s.unit_path
         FROM exam.attempts AS a
         JOIN exam.sittings AS s ON s.id = a.sitting_id
         WHERE a.candidate_id = $1",
    )
    .bind(candidate)
    .fetch_all(c)
    .await)?;
    Ok(rows.iter().any(|(path,)| units.iter().any(|unit| path.starts_with(unit.as_str()))))
}

/// A candidate who is expected at another sitting at the same time.
#[derive(Clone, Debug)]
pub struct ClashRow {
    /// Who.
    pub candidate: AccountId,
    /// Their number there.
    pub number: String,
    /// Their name there.
    pub name: String,
    /// The other sitting.
    pub sitting: SittingId,
    /// Its title.
    pub title: String,
    /// Its unit.
    pub unit: UnitPath,
    /// When it opens.
    pub opens_at: Instant,
    /// When its window ends.
    pub window_ends_at: Instant,
}

#[derive(FromRow)]
struct RawClash {
    candidate_id: AccountId,
    candidate_number: String,
    candidate_name: String,
    sitting_id: SittingId,
    title: String,
    unit_path: String,
    opens_at: Instant,
    window_ends_at: Instant,
}

/// Who of `candidates` is expected at another sitting while `sitting` runs; at most [`CLASHES_MAX`]. Practice sittings
/// clash with nothing: nobody has to sit them at a given time.
pub async fn clashes(
    conn: &mut Conn,
    sitting: &SittingRow,
    candidates: &[AccountId],
) -> Result<Vec<ClashRow>> {
    let mut found = Vec::new();
    if sitting.practice {
        return Ok(found);
    }
    let mut seen = HashSet::new();
    for ids in candidates.chunks(IDS_MAX) {
        let sql = format!(
            "SELECT a.candidate_id, a.candidate_number, a.candidate_name, a.sitting_id, s.title, s.unit_path, s.opens_at,
                    s.window_ends_at
             FROM exam.attempts AS a
             JOIN exam.sittings AS s ON s.id = a.sitting_id
             WHERE s.id <> $1
               AND s.opens_at < $2
               AND s.window_ends_at > $3
               AND s.practice = $4
               AND s.cancelled_at IS NULL
               AND a.roster_status = 'expected'
               AND a.candidate_id IN ({})
             ORDER BY a.candidate_number, s.opens_at
             LIMIT {CLASHES_MAX}",
            places(ids.len(), 5)
        );
        let rows: Vec<RawClash> = db::on!(conn, c => {
            let mut query = sqlx::query_as(AssertSqlSafe(sql))
                .bind(sitting.id)
                .bind(sitting.times.window_ends_at)
                .bind(sitting.times.opens_at)
                .bind(false);
            for id in ids {
                query = query.bind(*id);
            }
            query.fetch_all(c).await
        })?;
        for row in rows {
            if found.len() < CLASHES_MAX && seen.insert((row.candidate_id, row.sitting_id)) {
                found.push(row.read()?);
            }
        }
    }
    Ok(found)
}

impl RawClash {
    fn read(self) -> Result<ClashRow> {
        Ok(ClashRow {
            unit: UnitPath::try_from(self.unit_path)
                .map_err(|error| Error::corrupt("exam.sittings", "unit_path", self.sitting_id, error))?,
            candidate: self.candidate_id,
            number: self.candidate_number,
            name: self.candidate_name,
            sitting: self.sitting_id,
            title: self.title,
            opens_at: self.opens_at,
            window_ends_at: self.window_ends_at,
        })
    }
}
