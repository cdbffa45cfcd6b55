//! `exam.incidents`: what happened during a sitting, and what it credited.

use authz::{AccountId, SittingId};
use db::{Conn, Result, Tx};
use exam_api::IncidentId;
use foundation::{Instant, Span};
use sqlx::FromRow;

/// Incidents of a sitting that are listed, at most.
pub const INCIDENTS_MAX: i64 = 200;

/// An incident.
#[derive(Clone, Debug, FromRow)]
pub struct IncidentRow {
    /// Its id.
    pub id: IncidentId,
    /// The sitting.
    pub sitting_id: SittingId,
    /// The room; none for the whole sitting.
    pub room: Option<String>,
    /// What it credited to each.
    pub credit_us: Span,
    /// What happened.
    pub reason: String,
    /// How many attempts it credited.
    pub attempts: i64,
    /// Who reported it.
    pub reported_by: Option<AccountId>,
    /// When.
    pub reported_at: Instant,
}

/// Adds an incident.
pub async fn insert(tx: &mut Tx, incident: &IncidentRow) -> Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "INSERT INTO exam.incidents (id, sitting_id, room, credit_us, reason, attempts, reported_by, reported_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(incident.id)
    .bind(incident.sitting_id)
    .bind(&incident.room)
    .bind(incident.credit_us)
    .bind(&incident.reason)
    .bind(incident.attempts)
    .bind(incident.reported_by)
    .bind(incident.reported_at)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// The newest incidents of a sitting, the newest first; at most [`INCIDENTS_MAX`].
pub async fn of_sitting(conn: &mut Conn, sitting: SittingId) -> Result<Vec<IncidentRow>> {
    Ok(db::on!(conn, c => sqlx::query_as(
        "SELECT id, sitting_id, room, credit_us, reason, attempts, reported_by, reported_at
         FROM exam.incidents
         WHERE sitting_id = $1
         ORDER BY id DESC
         LIMIT $2",
    )
    .bind(sitting)
    .bind(INCIDENTS_MAX)
    .fetch_all(c)
    .await)?)
}
