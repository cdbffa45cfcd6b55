//! An invigilator stops the clocks of a whole sitting, and lets them run again.

use authz::{Action, Actor, AttemptId, SittingId};
use db::Tx;
use exam_api::PauseId;
use foundation::{Instant, Problem, Span};
use serde_json::json;

use super::{
    Reason, SittingView,
    load::{cancelled, load},
    retime::{Moved, tell},
    view::view,
};
use crate::{
    ExamService,
    app::audited,
    domain::{attempt::AttemptState, time::ends},
    store::{self, attempts::Timed, pauses::PauseRow, sittings::SittingRow},
};

/// Stops the clock of every attempt that runs, for a reason that stays on record. Nobody starts meanwhile either: who
/// comes late waits, and loses nothing, because the sitting's times move when it goes on. Idempotent.
///
/// # Errors
/// 404 when the sitting isn't there or lies elsewhere; 409 when it was called off or hasn't opened.
pub async fn pause_sitting(
    service: &ExamService,
    actor: &Actor,
    id: SittingId,
    reason: &Reason,
) -> Result<SittingView, Problem> {
    let now = service.clock.now();
    let mut conn = service.db.read().await?;
    load(&mut conn, actor, Action::Invigilate, id).await?;
    drop(conn);

    let mut tx = service.db.begin().await?;
    store::sittings::lock(&mut tx, id).await?;
    let sitting = load(&mut tx, actor, Action::Invigilate, id).await?;
    if sitting.cancelled_at.is_some() {
        return Err(cancelled());
    }
    if now < sitting.times.opens_at {
        return Err(Problem::conflict(
            "exam.sitting_not_open",
            "The sitting hasn't opened: there is no clock to stop. Change its times instead.",
        ));
    }
    if sitting.paused_at.is_none() {
        store::attempts::lock_sitting(&mut tx, id).await?;
        let row = PauseRow {
            id: PauseId::new(&*service.clock, &*service.random),
            sitting_id: id,
            attempt_id: None,
            paused_at: now,
            resumed_at: None,
            reason: reason.to_string(),
            paused_by: actor.account(),
        };
        store::pauses::insert(&mut tx, &row).await?;
        store::sittings::pause(&mut tx, id, now).await?;
        store::attempts::pause_all(&mut tx, id, now).await?;
        store::attempts::told_all(&mut tx, id, now).await?;
        let detail = json!({ "reason": reason });
        let subject = ("sitting", id.to_string());
        audited::record(service, &mut tx, actor, "sitting.paused", subject, detail).await?;
    }
    finish(service, tx, actor, id).await
}

/// Lets the clocks of the sitting run again. The deadlines of attempts that ran, and the sitting's entry and window,
/// move by the length of the pause; an attempt that is paused by itself stays so. Idempotent.
///
/// # Errors
/// 404 when the sitting isn't there or lies elsewhere.
pub async fn resume_sitting(
    service: &ExamService,
    actor: &Actor,
    id: SittingId,
) -> Result<SittingView, Problem> {
    let now = service.clock.now();
    let mut conn = service.db.read().await?;
    load(&mut conn, actor, Action::Invigilate, id).await?;
    drop(conn);

    let mut tx = service.db.begin().await?;
    store::sittings::lock(&mut tx, id).await?;
    let sitting = load(&mut tx, actor, Action::Invigilate, id).await?;
    if let Some(paused_at) = sitting.paused_at {
        let stood = now.since(paused_at).max(Span::ZERO);
        store::attempts::lock_sitting(&mut tx, id).await?;
        store::pauses::resume(&mut tx, id, None, actor.account(), now).await?;
        store::sittings::resume(&mut tx, id, stood).await?;
        // Those who haven't started have more of the window ahead of them, and auth-service is to know.
        store::attempts::touch_sitting(&mut tx, id, false).await?;
        let moved = load(&mut tx, actor, Action::Invigilate, id).await?;
        resume_all(&mut tx, &moved, now).await?;
        store::attempts::told_all(&mut tx, id, now).await?;
        let detail = json!({
            "paused_at": paused_at, "seconds": stood.as_seconds(),
            "entry_closes_at": moved.times.entry_closes_at, "window_ends_at": moved.times.window_ends_at,
        });
        let subject = ("sitting", id.to_string());
        audited::record(service, &mut tx, actor, "sitting.resumed", subject, detail).await?;
    }
    finish(service, tx, actor, id).await
}

async fn resume_all(tx: &mut Tx, sitting: &SittingRow, now: Instant) -> Result<(), Problem> {
    let pauses = store::pauses::of_sittings(tx, &[sitting.id]).await?;
    let mut run_again = Vec::new();
    for Timed { id, extra, standing, .. } in store::attempts::timed(tx, sitting.id).await? {
        let own = pauses.of(sitting.id, id);
        if standing.state == AttemptState::Paused
            && !own.is_open()
            && let Some(started_at) = standing.started_at
        {
            run_again.push((id, ends(&sitting.times.of(id), extra, &own, started_at)));
        }
    }
    store::attempts::resume(tx, &run_again, now).await?;
    Ok(())
}

/// Commits, and tells everybody in the sitting to look again.
async fn finish(
    service: &ExamService,
    mut tx: Tx,
    actor: &Actor,
    id: SittingId,
) -> Result<SittingView, Problem> {
    let after = load(&mut tx, actor, Action::Invigilate, id).await?;
    let versions: Vec<(AttemptId, i64)> = store::attempts::versions(&mut tx, id).await?;
    tx.commit().await?;
    let moved: Vec<Moved> =
        versions.into_iter().map(|(attempt, version)| Moved { attempt, version }).collect();
    tell(service, id, &moved);
    let mut conn = service.db.read().await?;
    view(service, &mut conn, after).await
}
