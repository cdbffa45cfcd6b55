//! Something happened in a room: those whom it disturbed get their time back.

use authz::{AccountId, Action, Actor, SittingId};
use exam_api::{CreditId, IncidentId};
use foundation::{FieldProblem, Instant, Problem, Span, Text};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use super::{
    Reason,
    give_extra_time::GIVEN_MINUTES_MAX,
    load::{cancelled, load},
    retime::{Retiming, tell},
};
use crate::{
    ExamService,
    app::audited,
    domain::{attempt::AttemptState, time::ExtraTime},
    store::{self, attempts::Timed, incidents::IncidentRow, sittings::CreditRow},
};

/// A room's name.
pub type Room = Text<1, 100>;

/// An incident as staff see it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Incident {
    /// Its id.
    pub id: IncidentId,
    /// The room; null for the whole sitting.
    pub room: Option<String>,
    /// What each attempt got, in minutes.
    pub minutes: i64,
    /// What happened; candidates read it beside their time.
    pub reason: String,
    /// How many attempts it credited.
    pub attempts: i64,
    /// Who reported it.
    pub reported_by: Option<AccountId>,
    /// When.
    pub reported_at: Instant,
}

impl From<IncidentRow> for Incident {
    fn from(row: IncidentRow) -> Self {
        Self {
            id: row.id,
            room: row.room,
            minutes: row.credit_us.as_seconds() / 60,
            reason: row.reason,
            attempts: row.attempts,
            reported_by: row.reported_by,
            reported_at: row.reported_at,
        }
    }
}

/// Credits `minutes` to every attempt of `room` that runs, or of the whole sitting. Who hasn't started lost nothing, and
/// who is done can use nothing. Credits are only ever added: there is no taking back what candidates count on.
///
/// # Errors
/// 404 when the sitting isn't there or lies elsewhere; 409 when it was called off, or nobody in the room is working; 422
/// for no time or too much of it.
pub async fn report_incident(
    service: &ExamService,
    actor: &Actor,
    id: SittingId,
    room: Option<&Room>,
    minutes: i64,
    reason: &Reason,
) -> Result<Incident, Problem> {
    if !(1..=GIVEN_MINUTES_MAX).contains(&minutes) {
        let message = format!("An incident credits 1 to {GIVEN_MINUTES_MAX} minutes.");
        let errors = vec![FieldProblem::at("minutes", "out_of_range", message)];
        return Err(Problem::invalid(
            "exam.incident_invalid",
            "This isn't an amount of time to credit.",
            errors,
        ));
    }
    let mut conn = service.db.read().await?;
    load(&mut conn, actor, Action::Invigilate, id).await?;
    drop(conn);
    let now = service.clock.now();
    let credit = Span::from_minutes(minutes);

    let mut tx = service.db.begin().await?;
    store::sittings::lock(&mut tx, id).await?;
    store::attempts::lock_sitting(&mut tx, id).await?;
    let sitting = load(&mut tx, actor, Action::Invigilate, id).await?;
    if sitting.cancelled_at.is_some() {
        return Err(cancelled());
    }
    let pauses = store::pauses::of_sittings(&mut tx, &[id]).await?;
    let incident_id = IncidentId::new(&*service.clock, &*service.random);
    let (mut moved, mut credits, mut retiming) = (Vec::new(), Vec::new(), Retiming::default());
    for attempt in store::attempts::of_sitting(&mut tx, id, None, i64::MAX).await? {
        let here = room.is_none_or(|room| **room == *attempt.room);
        let runs = matches!(attempt.state, AttemptState::InProgress | AttemptState::Paused);
        if !here || !runs || attempt.gate().is_closed(now) {
            continue;
        }
        let extra = ExtraTime { credit: attempt.extra.credit + credit, ..attempt.extra };
        let noted = retiming.note(&mut tx, &Timed::of(&attempt), &sitting.times, extra, &pauses, now).await?;
        if let Ok((_, changed)) = noted {
            let row = CreditRow {
                id: CreditId::new(&*service.clock, &*service.random),
                sitting_id: id,
                attempt_id: Some(attempt.id),
                credit,
                reason: reason.to_string(),
                incident_id: Some(incident_id),
                given_by: actor.account(),
                given_at: now,
            };
            credits.push(row);
            moved.push(changed);
        }
    }
    retiming.write(&mut tx, id, now).await?;
    store::sittings::insert_credits(&mut tx, &credits).await?;
    if moved.is_empty() {
        return Err(Problem::conflict(
            "exam.nobody_in_room",
            "Nobody is working there just now: there is nobody to give the time to.",
        ));
    }
    let incident = IncidentRow {
        id: incident_id,
        sitting_id: id,
        room: room.map(ToString::to_string),
        credit_us: credit,
        reason: reason.to_string(),
        attempts: i64::try_from(moved.len()).unwrap_or(i64::MAX),
        reported_by: actor.account(),
        reported_at: now,
    };
    store::incidents::insert(&mut tx, &incident).await?;
    let detail = json!({
        "incident": incident.id, "room": incident.room, "minutes": minutes, "attempts": incident.attempts,
        "reason": reason,
    });
    let subject = ("sitting", id.to_string());
    audited::record(service, &mut tx, actor, "incident.reported", subject, detail).await?;
    tx.commit().await?;
    tell(service, id, &moved);
    Ok(incident.into())
}

/// What happened in the sitting so far, the newest first.
///
/// # Errors
/// 404 when it isn't there or lies elsewhere.
pub async fn list_incidents(
    service: &ExamService,
    actor: &Actor,
    id: SittingId,
) -> Result<Vec<Incident>, Problem> {
    let mut conn = service.db.read().await?;
    load(&mut conn, actor, Action::ReadSittings, id).await?;
    Ok(store::incidents::of_sitting(&mut conn, id).await?.into_iter().map(Incident::from).collect())
}
