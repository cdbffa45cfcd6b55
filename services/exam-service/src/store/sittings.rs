//! `exam.sittings`, `exam.time_credits`, `exam.accommodations`.

use std::collections::HashMap;

use authz::{AccountId, AttemptId, SittingId, UnitPath};
use db::{
    Conn, Error, Result, Tx,
    rows::{ROWS_MAX, nameless_places, places},
};
use exam_api::{CreditId, ExamId, IncidentId, PublicationId};
use foundation::{Instant, PageQuery, Span};
use sqlx::{AssertSqlSafe, FromRow};

use super::{json, named, to_json};
use crate::domain::{takeover::Takeover, time::TimeRules};

/// A sitting's row.
#[derive(Clone, Debug)]
pub struct SittingRow {
    /// Its id.
    pub id: SittingId,
    /// The exam.
    pub exam_id: ExamId,
    /// The publication that is sat.
    pub publication_id: PublicationId,
    /// Where it lies in the organisation.
    pub unit: UnitPath,
    /// Its title.
    pub title: String,
    /// IANA time zone in which its times are meant.
    pub time_zone: String,
    /// Its times.
    pub times: TimeRules,
    /// Who decides that a running attempt moves to another device.
    pub takeover: Takeover,
    /// How much of one outage it credits by itself.
    pub outage_credit_max: Span,
    /// How many outages it has credited.
    pub outages: i64,
    /// Whether it counts for nothing.
    pub practice: bool,
    /// The forms in use; empty for all.
    pub forms: Vec<i64>,
    /// The sitting that it replaces.
    pub replaces_id: Option<SittingId>,
    /// Days since the epoch of its opening when it was scheduled.
    pub partition_day: i64,
    /// Since when its clocks stand.
    pub paused_at: Option<Instant>,
    /// When it was called off.
    pub cancelled_at: Option<Instant>,
    /// Counts every change, from 1.
    pub version: i64,
    /// Who scheduled it.
    pub created_by: Option<AccountId>,
    /// When it was scheduled.
    pub created_at: Instant,
}

#[derive(FromRow)]
struct Raw {
    id: SittingId,
    exam_id: ExamId,
    publication_id: PublicationId,
    unit_path: String,
    title: String,
    time_zone: String,
    opens_at: Instant,
    entry_closes_at: Instant,
    window_ends_at: Instant,
    duration_us: Span,
    grace_us: Span,
    start_spread_us: Span,
    takeover: String,
    outage_credit_max_us: Span,
    outages: i64,
    practice: bool,
    forms: String,
    replaces_id: Option<SittingId>,
    partition_day: i64,
    paused_at: Option<Instant>,
    cancelled_at: Option<Instant>,
    version: i64,
    created_by: Option<AccountId>,
    created_at: Instant,
}

const COLUMNS: &str = "id, exam_id, publication_id, unit_path, title, time_zone, opens_at, entry_closes_at,
    window_ends_at, duration_us, grace_us, start_spread_us, takeover, outage_credit_max_us, outages,
    practice, forms, replaces_id, partition_day, paused_at,
    cancelled_at, version,
    created_by, created_at";

impl Raw {
    fn read(self) -> Result<SittingRow> {
        Ok(SittingRow {
            unit: UnitPath::try_from(self.unit_path)
                .map_err(|error| Error::corrupt("exam.sittings", "unit_path", self.id, error))?,
            takeover: named("exam.sittings", "takeover", self.id, &self.takeover)?,
            forms: json("exam.sittings", "forms", self.id, self.forms.as_bytes())?,
            id: self.id,
            exam_id: self.exam_id,
            publication_id: self.publication_id,
            title: self.title,
            time_zone: self.time_zone,
            times: TimeRules {
                opens_at: self.opens_at,
                entry_closes_at: self.entry_closes_at,
                window_ends_at: self.window_ends_at,
                duration: self.duration_us,
                grace: self.grace_us,
                spread: self.start_spread_us,
            },
            outage_credit_max: self.outage_credit_max_us,
            outages: self.outages,
            practice: self.practice,
            replaces_id: self.replaces_id,
            partition_day: self.partition_day,
            paused_at: self.paused_at,
            cancelled_at: self.cancelled_at,
            version: self.version,
            created_by: self.created_by,
            created_at: self.created_at,
        })
    }
}

/// The sitting, if it is there.
pub async fn find(conn: &mut Conn, id: SittingId) -> Result<Option<SittingRow>> {
    let sql = format!("SELECT {COLUMNS} FROM exam.sittings WHERE id = $1");
    let raw: Option<Raw> =
        db::on!(conn, c => sqlx::query_as(AssertSqlSafe(sql)).bind(id).fetch_optional(c).await)?;
    raw.map(Raw::read).transpose()
}

/// These sittings, those that are there.
pub async fn find_all(conn: &mut Conn, ids: &[SittingId]) -> Result<Vec<SittingRow>> {
    let mut found = Vec::with_capacity(ids.len());
    for ids in ids.chunks(ROWS_MAX) {
        let places = db::rows::places_on(conn, 1, db::rows::padded(ids.len()));
        let sql = format!("SELECT {COLUMNS} FROM exam.sittings WHERE id IN {places}");
        let raws: Vec<Raw> = db::on!(conn, c => {
            let mut query = sqlx::query_as(AssertSqlSafe(sql));
            for id in db::rows::fill(ids) {
                query = query.bind(*id);
            }
            query.fetch_all(c).await
        })?;
        for raw in raws {
            found.push(raw.read()?);
        }
    }
    Ok(found)
}

/// Locks a sitting's row: who enrols, gives time to all, moves its times or calls it off does so one after the other,
/// each before it locks attempts. On SQLite the transaction is the lock.
pub async fn lock(tx: &mut Tx, id: SittingId) -> Result<()> {
    db::on!(
        &mut **tx,
        sqlite _c => {},
        postgres c => {
            sqlx::query("SELECT id FROM exam.sittings WHERE id = $1 FOR NO KEY UPDATE")
                .bind(id)
                .execute(c)
                .await?;
        }
    );
    Ok(())
}

/// The condition that a sitting lies under one of `units`, whose paths are bound from place `first` on; none when there
/// are none.
pub(super) fn under(units: &[UnitPath], first: usize) -> Option<String> {
    let each: Vec<String> =
        (first..).take(units.len()).map(|place| format!("unit_path LIKE ${place} || '%'")).collect();
    (!each.is_empty()).then(|| format!("({})", each.join(" OR ")))
}

/// Sittings under any of `units`, of `exam` alone if it is named, the latest opening first; one more than the page
/// holds.
pub async fn list(
    conn: &mut Conn,
    units: &[UnitPath],
    exam: Option<ExamId>,
    page: &PageQuery,
) -> Result<Vec<SittingRow>> {
    let Some(under) = under(units, 5) else { return Ok(Vec::new()) };
    let (before, id) = page
        .after
        .as_deref()
        .and_then(|cursor| cursor.split_once('.'))
        .and_then(|(opens, id)| Some((opens.parse::<i64>().ok()?, id.parse::<uuid::Uuid>().ok()?)))
        .unwrap_or((i64::MAX, uuid::Uuid::max()));
    let sql = format!(
        "SELECT {COLUMNS}
         FROM exam.sittings
         WHERE (opens_at < $1 OR (opens_at = $1 AND id < $2))
           AND exam_id {} $4
           AND {under}
         ORDER BY opens_at DESC, id DESC
         LIMIT $3",
        if exam.is_some() { "=" } else { "<>" },
    );
    let exam = exam.map_or(uuid::Uuid::nil(), foundation::Id::uuid);
    let raws: Vec<Raw> = db::on!(conn, c => {
        let mut query =
            sqlx::query_as(AssertSqlSafe(sql)).bind(before).bind(id).bind(page.limit() + 1).bind(exam);
        for unit in units {
            query = query.bind(unit.as_str().to_owned());
        }
        query.fetch_all(c).await
    })?;
    raws.into_iter().map(Raw::read).collect()
}

/// Adds a sitting.
pub async fn insert(tx: &mut Tx, sitting: &SittingRow) -> Result<()> {
    let forms = to_json(&sitting.forms)?;
    db::on!(&mut **tx, c => sqlx::query(
        "INSERT INTO exam.sittings (id, exam_id, publication_id, unit_path, title, time_zone, opens_at,
             entry_closes_at, window_ends_at, duration_us, grace_us, practice, forms, replaces_id, partition_day,
             version, created_by, created_at, takeover, start_spread_us,
             outage_credit_max_us)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
             $20, $21)",
    )
    .bind(sitting.id)
    .bind(sitting.exam_id)
    .bind(sitting.publication_id)
    .bind(sitting.unit.as_str())
    .bind(&sitting.title)
    .bind(&sitting.time_zone)
    .bind(sitting.times.opens_at)
    .bind(sitting.times.entry_closes_at)
    .bind(sitting.times.window_ends_at)
    .bind(sitting.times.duration)
    .bind(sitting.times.grace)
    .bind(sitting.practice)
    .bind(forms)
    .bind(sitting.replaces_id)
    .bind(sitting.partition_day)
    .bind(sitting.version)
    .bind(sitting.created_by)
    .bind(sitting.created_at)
    .bind(sitting.takeover.as_str())
    .bind(sitting.times.spread)
    .bind(sitting.outage_credit_max)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Writes title and times over version `sitting.version`; false when somebody was faster.
pub async fn update(tx: &mut Tx, sitting: &SittingRow) -> Result<bool> {
    let rows = db::on!(&mut **tx, c => sqlx::query(
        "UPDATE exam.sittings
         SET title = $1, time_zone = $2, opens_at = $3, entry_closes_at = $4, window_ends_at = $5, duration_us = $6,
             grace_us = $7, takeover = $8, start_spread_us = $9, cancelled_at = $10,
             outage_credit_max_us = $11, version = version + 1
         WHERE id = $12 AND version = $13",
    )
    .bind(&sitting.title)
    .bind(&sitting.time_zone)
    .bind(sitting.times.opens_at)
    .bind(sitting.times.entry_closes_at)
    .bind(sitting.times.window_ends_at)
    .bind(sitting.times.duration)
    .bind(sitting.times.grace)
    .bind(sitting.takeover.as_str())
    .bind(sitting.times.spread)
    .bind(sitting.cancelled_at)
    .bind(sitting.outage_credit_max)
    .bind(sitting.id)
    .bind(sitting.version)
    .execute(c)
    .await
    .map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}

/// Notes that the clocks of a sitting stand.
pub async fn pause(tx: &mut Tx, id: SittingId, now: Instant) -> Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "UPDATE exam.sittings SET paused_at = $1, version = version + 1 WHERE id = $2",
    )
    .bind(now)
    .bind(id)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Notes that the clocks of a sitting run again, and moves its entry and its window by as long as they `stood`.
pub async fn resume(tx: &mut Tx, id: SittingId, stood: Span) -> Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "UPDATE exam.sittings
         SET paused_at = NULL,
             entry_closes_at = entry_closes_at + $1,
             window_ends_at = window_ends_at + $1,
             version = version + 1
         WHERE id = $2",
    )
    .bind(stood)
    .bind(id)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Notes that a sitting has credited an outage, and moves its entry and its window by what that added.
pub async fn credit_outage(tx: &mut Tx, id: SittingId, moved: Span) -> Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "UPDATE exam.sittings
         SET entry_closes_at = entry_closes_at + $1,
             window_ends_at = window_ends_at + $1,
             outages = outages + 1,
             version = version + 1
         WHERE id = $2",
    )
    .bind(moved)
    .bind(id)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Time given to an attempt, or to all of a sitting.
#[derive(Clone, Debug)]
pub struct CreditRow {
    /// Its id.
    pub id: CreditId,
    /// The sitting.
    pub sitting_id: SittingId,
    /// The attempt; none for all.
    pub attempt_id: Option<AttemptId>,
    /// How much.
    pub credit: Span,
    /// Why.
    pub reason: String,
    /// The incident that it comes from, if it does.
    pub incident_id: Option<IncidentId>,
    /// By whom.
    pub given_by: Option<AccountId>,
    /// When.
    pub given_at: Instant,
}

/// Records credits.
pub async fn insert_credits(tx: &mut Tx, credits: &[CreditRow]) -> Result<()> {
    const COLUMNS: &str = "id, sitting_id, attempt_id, credit_us, reason, given_by, given_at, incident_id";
    for credits in credits.chunks(ROWS_MAX) {
        let places = db::rows::places_on(tx, credits.len(), 8);
        let sql = format!("INSERT INTO exam.time_credits ({COLUMNS}) VALUES {places}");
        db::on!(&mut **tx, c => {
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for credit in credits {
                query = query
                    .bind(credit.id)
                    .bind(credit.sitting_id)
                    .bind(credit.attempt_id)
                    .bind(credit.credit)
                    .bind(&credit.reason)
                    .bind(credit.given_by)
                    .bind(credit.given_at)
                    .bind(credit.incident_id);
            }
            query.execute(c).await?;
        });
    }
    Ok(())
}

/// A credit as its candidate sees it.
#[derive(Clone, Debug, FromRow)]
pub struct GivenRow {
    /// How much; below zero for what was taken back.
    pub credit_us: Span,
    /// Why.
    pub reason: String,
    /// When.
    pub given_at: Instant,
}

/// What was given to each of these attempts, [`ROWS_MAX`] at most, and to all of its sitting, in the order of giving; the newest `limit`.
pub async fn credits_of(
    conn: &mut Conn,
    attempts: &[(SittingId, AttemptId)],
    limit: usize,
) -> Result<HashMap<AttemptId, Vec<GivenRow>>> {
    #[derive(FromRow)]
    struct Row {
        sitting_id: SittingId,
        attempt_id: Option<AttemptId>,
        #[sqlx(flatten)]
        given: GivenRow,
    }
    let size = db::rows::padded(attempts.len());
    let sql = |sittings: String, attempts: String| {
        format!(
            "SELECT id, sitting_id, attempt_id, credit_us, reason, given_at
             FROM exam.time_credits
             WHERE sitting_id IN {sittings} AND attempt_id IS NULL
             UNION ALL
             SELECT id, sitting_id, attempt_id, credit_us, reason, given_at
             FROM exam.time_credits
             WHERE attempt_id IN {attempts}
             ORDER BY given_at, id"
        )
    };
    let sql = match conn {
        Conn::Sqlite(_) => sql(nameless_places(1, size), nameless_places(1, size)),
        Conn::Postgres(_) => sql(places(1, size, 1), places(1, size, 1 + size)),
    };
    let rows: Vec<Row> = db::on!(conn, c => {
        let mut query = sqlx::query_as(AssertSqlSafe(sql));
        for (sitting, _) in db::rows::fill(attempts) {
            query = query.bind(*sitting);
        }
        for (_, attempt) in db::rows::fill(attempts) {
            query = query.bind(*attempt);
        }
        query.fetch_all(c).await
    })?;
    let own = |sitting: SittingId, attempt: AttemptId| {
        let is_own = |row: &&Row| row.sitting_id == sitting && row.attempt_id.is_none_or(|of| of == attempt);
        let newest = rows.iter().rev().filter(is_own).take(limit).map(|row| row.given.clone());
        newest.collect::<Vec<GivenRow>>().into_iter().rev().collect()
    };
    Ok(attempts.iter().map(|(sitting, attempt)| (*attempt, own(*sitting, *attempt))).collect())
}

/// What was given to a whole sitting so far: an attempt that is added later gets it too.
pub async fn credit_to_all(conn: &mut Conn, sitting: SittingId) -> Result<Span> {
    let sum: i64 = db::on!(conn, c => sqlx::query_scalar(
        "SELECT CAST(COALESCE(SUM(credit_us), 0) AS bigint)
         FROM exam.time_credits
         WHERE sitting_id = $1 AND attempt_id IS NULL",
    )
    .bind(sitting)
    .fetch_one(c)
    .await)?;
    Ok(Span::from_micros(sum))
}

/// A person's standing arrangement: percent, and a fixed span.
pub async fn accommodation(conn: &mut Conn, candidate: AccountId) -> Result<Option<(u32, Span)>> {
    let row: Option<(i64, Span)> = db::on!(conn, c => sqlx::query_as(
        "SELECT extra_percent, extra_us FROM exam.accommodations WHERE candidate_id = $1",
    )
    .bind(candidate)
    .fetch_optional(c)
    .await)?;
    Ok(row.map(|(percent, extra)| (u32::try_from(percent).unwrap_or(0), extra)))
}

/// Sets a person's standing arrangement.
pub async fn set_accommodation(
    tx: &mut Tx,
    candidate: AccountId,
    percent: u32,
    extra: Span,
    by: Option<AccountId>,
    now: Instant,
) -> Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "INSERT INTO exam.accommodations (candidate_id, extra_percent, extra_us, updated_by, updated_at)
         VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (candidate_id) DO UPDATE
         SET extra_percent = excluded.extra_percent,
             extra_us = excluded.extra_us,
             updated_by = excluded.updated_by,
             updated_at = excluded.updated_at",
    )
    .bind(candidate)
    .bind(i64::from(percent))
    .bind(extra)
    .bind(by)
    .bind(now)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}
