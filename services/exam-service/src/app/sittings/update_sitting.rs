//! An officer changes a sitting: freely before it opens, afterwards only to give more time.

use authz::{Action, Actor, SittingId};
use db::Tx;
use exam_api::{SittingScheduled, kinds};
use foundation::{Instant, Problem};
use serde_json::json;

use super::{
    Plan, SittingView,
    clash::{refused, shown_to},
    load::{cancelled, load, version_conflict},
    plan::invalid,
    retime::{Moved, Retiming, tell},
    view::view,
};
use crate::{
    ExamService,
    app::audited,
    domain::schedule::{SittingPhase, check_change, phase},
    service::SCHEMA,
    store::{self, sittings::SittingRow},
};

/// Writes title and times over `version`. Attempts that run get their new deadlines at once; candidates who were
/// absent are expected again when entry is extended.
///
/// # Errors
/// 404 when it isn't there or lies elsewhere; 409 when it was called off, is over, was changed meanwhile, or would
/// clash and `allow_clash` isn't set; 422 naming every field that makes no sense or can't change any more.
pub async fn update_sitting(
    service: &ExamService,
    actor: &Actor,
    id: SittingId,
    version: i64,
    plan: Plan,
    allow_clash: bool,
) -> Result<SittingView, Problem> {
    let now = service.clock.now();
    let mut conn = service.db.read().await?;
    let sitting = load(&mut conn, actor, Action::ManageSittings, id).await?;
    match phase(&sitting.times, sitting.cancelled_at.is_some(), now) {
        SittingPhase::Cancelled => return Err(cancelled()),
        SittingPhase::Over => {
            return Err(Problem::conflict(
                "exam.sitting_over",
                "This sitting is over. Schedule another one.",
            ));
        }
        SittingPhase::Upcoming | SittingPhase::Open | SittingPhase::EntryClosed => {}
    }
    if sitting.version != version {
        return Err(version_conflict(sitting.version));
    }
    let publication = service.papers.publication(&mut conn, sitting.publication_id).await?;
    let plan = keeping(plan, &sitting);
    let times = plan.checked(&publication.rules, now)?;
    let same_zone = *plan.time_zone == *sitting.time_zone;
    let frozen = check_change(&sitting.times, &times, same_zone, now);
    if !frozen.is_empty() {
        return Err(invalid(frozen));
    }
    let outage_credit_max = plan.outage_credit_max().unwrap_or(sitting.outage_credit_max);
    let changed = SittingRow {
        title: plan.title.into_string(),
        time_zone: plan.time_zone.into_string(),
        times,
        takeover: plan.takeover.unwrap_or(sitting.takeover),
        outage_credit_max,
        ..sitting.clone()
    };
    let expected = store::rosters::expected(&mut conn, id).await?;
    if !allow_clash && sitting.times != times {
        let clashes = store::rosters::clashes(&mut conn, &changed, &expected).await?;
        if !clashes.is_empty() {
            let clashes: Vec<_> = clashes.into_iter().map(|clash| shown_to(actor, clash)).collect();
            return Err(refused(&clashes));
        }
    }
    drop(conn);

    let mut tx = service.db.begin().await?;
    store::sittings::lock(&mut tx, id).await?;
    if !store::sittings::update(&mut tx, &changed).await? {
        return Err(version_conflict(version + 1));
    }
    let moved = if sitting.times == times { Vec::new() } else { retime_all(&mut tx, &changed, now).await? };
    let detail = json!({
        "version": version + 1, "title": changed.title, "opens_at": times.opens_at,
        "entry_closes_at": times.entry_closes_at, "window_ends_at": times.window_ends_at,
        "duration_minutes": times.duration.as_seconds() / 60, "grace_seconds": times.grace.as_seconds(),
        "clash_allowed": allow_clash, "takeover": changed.takeover,
        "outage_credit_minutes_max": outage_credit_max.as_seconds() / 60,
    });
    audited::record(service, &mut tx, actor, "sitting.updated", ("sitting", id.to_string()), detail).await?;
    let fact = SittingScheduled {
        sitting_id: id,
        unit: changed.unit.clone(),
        title: changed.title.clone(),
        opens_at: times.opens_at,
        candidate_ids: if sitting.times == times { Vec::new() } else { expected },
    };
    events::record(&mut tx, SCHEMA, &*service.clock, &*service.random, kinds::SITTING_SCHEDULED, &fact)
        .await?;
    tx.commit().await?;
    tell(service, id, &moved);
    let mut conn = service.db.read().await?;
    view(service, &mut conn, SittingRow { version: version + 1, ..changed }).await
}

/// The plan, with the sitting's own duration, grace and spread where it names none.
fn keeping(plan: Plan, sitting: &SittingRow) -> Plan {
    let minutes = u32::try_from(sitting.times.duration.as_seconds() / 60).ok();
    let seconds = u32::try_from(sitting.times.grace.as_seconds()).ok();
    let spread = u32::try_from(sitting.times.spread.as_seconds()).ok();
    Plan {
        duration_minutes: plan.duration_minutes.or(minutes),
        grace_seconds: plan.grace_seconds.or(seconds),
        start_spread_seconds: plan.start_spread_seconds.or(spread),
        ..plan
    }
}

/// Gives every attempt of the sitting its new times.
async fn retime_all(tx: &mut Tx, sitting: &SittingRow, now: Instant) -> Result<Vec<Moved>, Problem> {
    store::attempts::lock_sitting(tx, sitting.id).await?;
    let expect_again = now <= sitting.times.entry_closes_at;
    store::attempts::touch_sitting(tx, sitting.id, expect_again).await?;
    let pauses = store::pauses::of_sittings(tx, &[sitting.id]).await?;
    let (mut moved, mut retiming) = (Vec::new(), Retiming::default());
    for attempt in store::attempts::timed(tx, sitting.id).await? {
        if attempt.standing.started_at.is_none() {
            moved.push(Moved { attempt: attempt.id, version: attempt.version });
        } else if let Ok((_, changed)) =
            retiming.note(tx, &attempt, &sitting.times, attempt.extra, &pauses, now).await?
        {
            moved.push(changed);
        }
    }
    retiming.write(tx, sitting.id, now).await?;
    Ok(moved)
}
