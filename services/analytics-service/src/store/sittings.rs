//! `analytics.sittings`.

use analytics_api::{SittingCounts, SittingOverview};
use authz::{SittingId, UnitPath};
use db::{Conn, Error, Result, Tx};
use foundation::Instant;
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;

/// A sitting, and its attempts counted. That an attempt is over says that it was started, whatever else is known of it.
const SELECT: &str =
    "SELECT s.id, s.unit_path, s.title, s.opens_at, s.released_at, s.withdrawn_at, s.cancelled_at,
        count(a.id) FILTER (WHERE a.started_at IS NOT NULL OR a.ended_at IS NOT NULL) AS started,
        count(a.id) FILTER (WHERE a.ended_at IS NOT NULL) AS submitted,
        count(a.id) FILTER (WHERE a.ended_at IS NOT NULL AND a.handed_in) AS handed_in,
        count(a.id) FILTER (WHERE a.ended_at IS NOT NULL AND a.complete) AS marked,
        count(a.id) FILTER (WHERE a.ended_at IS NOT NULL AND NOT a.complete) AS partly_marked
    FROM analytics.sittings AS s
    LEFT JOIN analytics.attempts AS a ON a.sitting_id = s.id";
const GROUP: &str = "GROUP BY s.id, s.unit_path, s.title, s.opens_at, s.released_at, s.withdrawn_at,
    s.cancelled_at";

#[derive(FromRow)]
struct Raw {
    id: SittingId,
    unit_path: String,
    title: Option<String>,
    opens_at: Option<Instant>,
    released_at: Option<Instant>,
    withdrawn_at: Option<Instant>,
    cancelled_at: Option<Instant>,
    started: i64,
    submitted: i64,
    handed_in: i64,
    marked: i64,
    partly_marked: i64,
}

impl Raw {
    fn read(self) -> Result<SittingOverview> {
        Ok(SittingOverview {
            unit: UnitPath::try_from(self.unit_path)
                .map_err(|error| Error::corrupt("analytics.sittings", "unit_path", self.id, error))?,
            sitting_id: self.id,
            title: self.title,
            opens_at: self.opens_at,
            released_at: self.released_at.filter(|released_at| Some(*released_at) > self.withdrawn_at),
            cancelled_at: self.cancelled_at,
            counts: SittingCounts {
                started: self.started,
                submitted: self.submitted,
                handed_in: self.handed_in,
                marked: self.marked,
                partly_marked: self.partly_marked,
            },
        })
    }
}

/// The sitting with its counts, if anything is known of it.
pub async fn find(conn: &mut Conn, id: SittingId) -> Result<Option<SittingOverview>> {
    let sql = format!("{SELECT} WHERE s.id = $1 {GROUP}");
    let raw: Option<Raw> =
        db::on!(conn, c => sqlx::query_as(AssertSqlSafe(sql)).bind(id).fetch_optional(c).await)?;
    raw.map(Raw::read).transpose()
}

/// Sittings under any of `units`, the last scheduled first, from behind `after`; one more than `limit`.
pub async fn list(
    conn: &mut Conn,
    units: &[UnitPath],
    after: Option<SittingId>,
    limit: i64,
) -> Result<Vec<SittingOverview>> {
    if units.is_empty() {
        return Ok(Vec::new());
    }
    // Paths hold nothing that LIKE reads as a pattern.
    let under = (0..units.len()).map(|n| format!("unit_path LIKE ${} || '%'", n + 3)).collect::<Vec<_>>();
    // The page is cut before anything is counted: counting costs what the page holds, not what the list does.
    let sql = format!(
        "{SELECT}
         WHERE s.id IN (
             SELECT id
             FROM analytics.sittings
             WHERE id < $1 AND ({})
             ORDER BY id DESC
             LIMIT $2
         )
         {GROUP}
         ORDER BY s.id DESC",
        under.join(" OR ")
    );
    let before = after.map_or(Uuid::max(), SittingId::uuid);
    let raws: Vec<Raw> = db::on!(conn, c => {
        let mut query = sqlx::query_as(AssertSqlSafe(sql)).bind(before).bind(limit + 1);
        for unit in units {
            query = query.bind(unit.as_str().to_owned());
        }
        query.fetch_all(c).await
    })?;
    raws.into_iter().map(Raw::read).collect()
}

/// What a sitting is, as told at `told_at`.
#[derive(Clone, Debug)]
pub struct Described<'a> {
    /// The sitting.
    pub id: SittingId,
    /// Where it lies.
    pub unit: &'a UnitPath,
    /// Its title.
    pub title: &'a str,
    /// When it opens.
    pub opens_at: Instant,
    /// When this was told.
    pub told_at: Instant,
}

/// Notes that a sitting exists; another fact says what it is.
pub async fn note(tx: &mut Tx, id: SittingId) -> Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "INSERT INTO analytics.sittings (id, unit_path)
         VALUES ($1, $2)
         ON CONFLICT DO NOTHING",
    )
    .bind(id)
    .bind(UnitPath::institution().as_str())
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Notes what a sitting is; what was told later stays.
pub async fn describe(tx: &mut Tx, sitting: &Described<'_>) -> Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "INSERT INTO analytics.sittings (id, unit_path, title, opens_at, told_at)
         VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (id) DO UPDATE
         SET unit_path = excluded.unit_path,
             title = excluded.title,
             opens_at = excluded.opens_at,
             told_at = excluded.told_at
         WHERE analytics.sittings.told_at IS NULL OR analytics.sittings.told_at <= excluded.told_at",
    )
    .bind(sitting.id)
    .bind(sitting.unit.as_str())
    .bind(sitting.title)
    .bind(sitting.opens_at)
    .bind(sitting.told_at)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Notes that results were released; the last release stays. The sitting must be noted before.
pub async fn set_released(tx: &mut Tx, id: SittingId, released_at: Instant) -> Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "UPDATE analytics.sittings
         SET released_at = $1
         WHERE id = $2 AND (released_at IS NULL OR released_at < $1)",
    )
    .bind(released_at)
    .bind(id)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Notes that results were taken back; the last withdrawal stays, and counts until a later release. The sitting must be
/// noted before.
pub async fn set_withdrawn(tx: &mut Tx, id: SittingId, withdrawn_at: Instant) -> Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "UPDATE analytics.sittings
         SET withdrawn_at = $1
         WHERE id = $2 AND (withdrawn_at IS NULL OR withdrawn_at < $1)",
    )
    .bind(withdrawn_at)
    .bind(id)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Notes that a sitting was called off. The sitting must be noted before.
pub async fn set_cancelled(tx: &mut Tx, id: SittingId, cancelled_at: Instant) -> Result<()> {
    db::on!(&mut **tx, c => sqlx::query("UPDATE analytics.sittings SET cancelled_at = $1 WHERE id = $2")
        .bind(cancelled_at)
        .bind(id)
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(())
}
