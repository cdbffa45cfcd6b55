//! A person gives the time of an outage back that the sitting doesn't give back by itself.

use authz::{Action, Actor, SittingId};
use exam_api::OutageId;
use foundation::{Instant, Problem};
use serde_json::json;

use super::{
    Reason,
    load::{cancelled, load},
    outages::Outage,
    retime::{Moved, Retiming, tell},
};
use crate::{
    ExamService,
    app::{audited, outages::credit},
    domain::{attempt::AttemptState, outages::OutageDecision, retime::Standing, time::ends},
    store,
};

/// Gives everybody who was working the time of an outage back, to the second, as the sitting would have by its policy:
/// entry and window move too. Attempts that time alone has closed since open again when there is time left for them,
/// unless results are out or a person has marked them. What is given back already stays as it is.
///
/// # Errors
/// 404 when the sitting or the outage isn't there or lies elsewhere; 409 when the sitting was called off, or hasn't looked
/// at the outage itself yet.
pub async fn credit_outage(
    service: &ExamService,
    actor: &Actor,
    id: SittingId,
    outage: OutageId,
    reason: &Reason,
) -> Result<Outage, Problem> {
    let mut conn = service.db.read().await?;
    load(&mut conn, actor, Action::Invigilate, id).await?;
    drop(conn);
    let now = service.clock.now();

    let mut tx = service.db.begin().await?;
    store::sittings::lock(&mut tx, id).await?;
    store::attempts::lock_sitting(&mut tx, id).await?;
    let sitting = load(&mut tx, actor, Action::Invigilate, id).await?;
    let found = store::outages::find(&mut tx, outage).await?.filter(|row| row.sitting_id == id);
    let mut outage = found.ok_or_else(|| {
        Problem::not_found(
            "exam.outage_not_found",
            "This sitting had no such outage. Look at the list again.",
        )
    })?;
    match outage.decision {
        Some(OutageDecision::Credited) => return Ok(outage.into()),
        Some(OutageDecision::TooLong | OutageDecision::Off) if sitting.cancelled_at.is_some() => {
            return Err(cancelled());
        }
        Some(OutageDecision::TooLong | OutageDecision::Off) => {}
        None => {
            return Err(Problem::conflict(
                "exam.outage_open",
                "The sitting hasn't decided about this outage itself yet. Try again in a moment.",
            ));
        }
    }
    outage.decision = Some(OutageDecision::Credited);
    let mut reopened = 0;
    credit(&mut tx, &sitting, &mut outage, now).await?;
    let sitting = load(&mut tx, actor, Action::Invigilate, id).await?;
    let pauses = store::pauses::of_sittings(&mut tx, &[id]).await?;
    let mut retiming = Retiming::default();
    for attempt in store::attempts::timed(&mut tx, id).await? {
        let Some((started_at, deadline)) = closed_by_time(&attempt.standing) else { continue };
        let own = ends(&sitting.times.of(attempt.id), attempt.extra, &pauses.of(id, attempt.id), started_at);
        if own.deadline > deadline
            && retiming.note(&mut tx, &attempt, &sitting.times, attempt.extra, &pauses, now).await?.is_ok()
        {
            reopened += 1;
        }
    }
    retiming.write(&mut tx, id, now).await?;
    outage.attempts += reopened;
    store::outages::settle(&mut tx, &outage, now).await?;
    let detail = json!({
        "outage": outage.id, "outage_from": outage.gap.from, "outage_until": outage.gap.until,
        "seconds": outage.gap.span().as_seconds(), "outage_decision": outage.decision,
        "attempts": outage.attempts, "reason": reason,
    });
    audited::record(service, &mut tx, actor, "outage.credited", ("sitting", id.to_string()), detail).await?;
    let moved: Vec<Moved> = store::attempts::versions(&mut tx, id)
        .await?
        .into_iter()
        .map(|(attempt, version)| Moved { attempt, version })
        .collect();
    tx.commit().await?;
    tell(service, id, &moved);
    Ok(outage.into())
}

/// When an attempt began and was to end that time alone has closed.
fn closed_by_time(attempt: &Standing) -> Option<(Instant, Instant)> {
    let closed = attempt.state == AttemptState::Submitted && attempt.submitted_at.is_none();
    attempt.started_at.zip(attempt.deadline).filter(|_| closed)
}
