//! `exam.outages`: when answers of a sitting could not be taken in.

use authz::SittingId;
use db::{Conn, Result, Tx};
use exam_api::OutageId;
use foundation::{Instant, Span};
use sqlx::FromRow;

use super::named;
use crate::domain::outages::{Gap, OutageDecision};

/// Outages of a sitting that are listed, at most.
pub const OUTAGES_MAX: i64 = 200;
/// Outages that are settled in one round, at most.
pub const SETTLED_MAX: i64 = 500;

/// An outage's row.
#[derive(Clone, Debug)]
pub struct OutageRow {
    /// Its id.
    pub id: OutageId,
    /// The sitting that it concerned.
    pub sitting_id: SittingId,
    /// From when to when.
    pub gap: Gap,
    /// When it was noted.
    pub noted_at: Instant,
    /// What the sitting did about it; none while that isn't done.
    pub decision: Option<OutageDecision>,
    /// By how much it moved the sitting's entry and window.
    pub moved: Span,
    /// How many attempts it gave more time.
    pub attempts: i64,
}

#[derive(FromRow)]
struct Raw {
    id: OutageId,
    sitting_id: SittingId,
    from_at: Instant,
    until_at: Instant,
    noted_at: Instant,
    decision: Option<String>,
    moved_us: Span,
    attempts: i64,
}

impl Raw {
    fn read(self) -> Result<OutageRow> {
        let decision =
            self.decision.map(|name| named("exam.outages", "decision", self.id, &name)).transpose()?;
        Ok(OutageRow {
            id: self.id,
            sitting_id: self.sitting_id,
            gap: Gap { from: self.from_at, until: self.until_at },
            noted_at: self.noted_at,
            decision,
            moved: self.moved_us,
            attempts: self.attempts,
        })
    }
}

/// The sittings that an outage concerned, each with when it opened: somebody in them was working or could have started.
pub async fn sittings_in(tx: &mut Tx, gap: &Gap) -> Result<Vec<(SittingId, Instant)>> {
    Ok(db::on!(&mut **tx, c => sqlx::query_as(
        "SELECT id, opens_at
         FROM exam.sittings
         WHERE cancelled_at IS NULL
           AND opens_at < $2
           AND (id IN (
                    SELECT sitting_id
                    FROM exam.attempts
                    WHERE closes_at IS NOT NULL AND ended_at IS NULL AND state IN ('in_progress', 'paused')
                      AND (closes_at > $1 OR state = 'paused')
                )
                OR (entry_closes_at + start_spread_us > $1
                    AND EXISTS (
                        SELECT 1
                        FROM exam.attempts AS a
                        WHERE a.sitting_id = sittings.id
                          AND a.started_at IS NULL AND a.ended_at IS NULL
                          AND a.state IN ('scheduled', 'ready')
                          AND a.roster_status = 'expected'
                    )))
         ORDER BY id",
    )
    .bind(gap.from)
    .bind(gap.until)
    .fetch_all(c)
    .await)?)
}

/// Notes an outage of a sitting that opened at `opens_at`; what the sitting does about it is still to come.
pub async fn insert(
    tx: &mut Tx,
    id: OutageId,
    (sitting, opens_at): (SittingId, Instant),
    gap: &Gap,
    now: Instant,
) -> Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "INSERT INTO exam.outages (id, sitting_id, from_at, until_at, counts_from, noted_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(id)
    .bind(sitting)
    .bind(gap.from)
    .bind(gap.until)
    .bind(gap.from.max(opens_at))
    .bind(now)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// The outages that their sittings have done nothing about yet, in the order of noting; at most [`SETTLED_MAX`].
pub async fn unsettled(conn: &mut Conn) -> Result<Vec<(OutageId, SittingId)>> {
    Ok(db::on!(conn, c => sqlx::query_as(
        "SELECT id, sitting_id FROM exam.outages WHERE settled_at IS NULL ORDER BY id LIMIT $1",
    )
    .bind(SETTLED_MAX)
    .fetch_all(c)
    .await)?)
}

/// An outage of a sitting, settled or not; its sitting is to be locked.
pub async fn find(tx: &mut Tx, id: OutageId) -> Result<Option<OutageRow>> {
    let raw: Option<Raw> = db::on!(&mut **tx, c => sqlx::query_as(
        "SELECT id, sitting_id, from_at, until_at, noted_at, decision, moved_us, attempts
         FROM exam.outages
         WHERE id = $1",
    )
    .bind(id)
    .fetch_optional(c)
    .await)?;
    raw.map(Raw::read).transpose()
}

/// Writes what the sitting does about an outage.
pub async fn settle(tx: &mut Tx, outage: &OutageRow, now: Instant) -> Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "UPDATE exam.outages
         SET settled_at = $1, decision = $2, moved_us = $3, attempts = $4
         WHERE id = $5",
    )
    .bind(now)
    .bind(outage.decision.map(OutageDecision::as_str))
    .bind(outage.moved)
    .bind(outage.attempts)
    .bind(outage.id)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// The newest outages of a sitting, the newest first; at most [`OUTAGES_MAX`].
pub async fn of_sitting(conn: &mut Conn, sitting: SittingId) -> Result<Vec<OutageRow>> {
    let raws: Vec<Raw> = db::on!(conn, c => sqlx::query_as(
        "SELECT id, sitting_id, from_at, until_at, noted_at, decision, moved_us, attempts
         FROM exam.outages
         WHERE sitting_id = $1
         ORDER BY id DESC
         LIMIT $2",
    )
    .bind(sitting)
    .bind(OUTAGES_MAX)
    .fetch_all(c)
    .await)?;
    raws.into_iter().map(Raw::read).collect()
}
