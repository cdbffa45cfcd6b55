//! An invigilator stops the clock of one attempt, and lets it run again.

use authz::{Action, Actor, AttemptId, SittingId};
use exam_api::PauseId;
use foundation::Problem;
use serde_json::json;

use super::{
    Reason,
    live::{LiveAttempt, live_one},
    load::{load, load_attempt},
    retime::{Moved, tell},
};
use crate::{
    ExamService,
    app::audited,
    domain::{attempt::AttemptState, time::ends},
    store::{self, pauses::PauseRow},
};

/// Stops the attempt's clock now, for a reason that stays on record: the paper is hidden, and nothing is lost. What was
/// on its way counts; what comes during the pause is kept as late. Idempotent.
///
/// # Errors
/// 404 when the sitting or the attempt isn't there or lies elsewhere; 409 when the attempt doesn't run.
pub async fn pause_attempt(
    service: &ExamService,
    actor: &Actor,
    id: SittingId,
    attempt: AttemptId,
    reason: &Reason,
) -> Result<LiveAttempt, Problem> {
    let now = service.clock.now();
    let mut conn = service.db.read().await?;
    let sitting = load(&mut conn, actor, Action::Invigilate, id).await?;
    load_attempt(&mut conn, id, attempt).await?;
    drop(conn);

    let mut tx = service.db.begin().await?;
    store::attempts::lock(&mut tx, &[attempt], true).await?;
    let before = load_attempt(&mut tx, id, attempt).await?;
    if !before.gate().has_started() {
        return Err(Problem::conflict(
            "exam.attempt_not_started",
            "This candidate hasn't started: there is no clock to stop.",
        ));
    }
    if before.gate().is_closed(now) {
        return Err(Problem::conflict("exam.attempt_over", "This attempt is over already."));
    }
    if !store::pauses::of_attempt(&mut tx, id, attempt).await?.is_open_alone() {
        let row = PauseRow {
            id: PauseId::new(&*service.clock, &*service.random),
            sitting_id: id,
            attempt_id: Some(attempt),
            paused_at: now,
            resumed_at: None,
            reason: reason.to_string(),
            paused_by: actor.account(),
        };
        store::pauses::insert(&mut tx, &row).await?;
        // With the whole sitting paused its clock stands already, and goes on standing when the sitting's runs again.
        store::attempts::pause(&mut tx, attempt, now).await?;
        store::attempts::told(&mut tx, attempt, now).await?;
        let detail = json!({ "sitting": id, "deadline": before.deadline, "reason": reason });
        let subject = ("attempt", attempt.to_string());
        audited::record(service, &mut tx, actor, "attempt.paused", subject, detail).await?;
    }
    let after = load_attempt(&mut tx, id, attempt).await?;
    tx.commit().await?;
    tell(service, id, &[Moved { attempt, version: after.version }]);
    let mut conn = service.db.read().await?;
    live_one(service, &mut conn, &sitting, after).await
}

/// Lets the attempt's clock run again: its deadline, and those of its sections, move by the length of the pause.
/// Idempotent.
///
/// # Errors
/// 404 when the sitting or the attempt isn't there or lies elsewhere; 409 while the whole sitting is paused.
pub async fn resume_attempt(
    service: &ExamService,
    actor: &Actor,
    id: SittingId,
    attempt: AttemptId,
) -> Result<LiveAttempt, Problem> {
    let now = service.clock.now();
    let mut conn = service.db.read().await?;
    load(&mut conn, actor, Action::Invigilate, id).await?;
    load_attempt(&mut conn, id, attempt).await?;
    drop(conn);

    let mut tx = service.db.begin().await?;
    store::attempts::lock(&mut tx, &[attempt], true).await?;
    // Read behind the lock: whoever changes the sitting's times waits for it, or was here before.
    let sitting = load(&mut tx, actor, Action::Invigilate, id).await?;
    let before = load_attempt(&mut tx, id, attempt).await?;
    if store::pauses::resume(&mut tx, id, Some(attempt), actor.account(), now).await? {
        let pauses = store::pauses::of_attempt(&mut tx, id, attempt).await?;
        if before.state == AttemptState::Paused
            && !pauses.is_open()
            && let Some(started_at) = before.started_at
        {
            let ends = ends(&sitting.times.of(attempt), before.extra, &pauses, started_at);
            store::attempts::resume(&mut tx, &[(attempt, ends)], now).await?;
            store::attempts::told(&mut tx, attempt, now).await?;
        }
        let detail = json!({ "sitting": id, "paused_at": before.paused_at });
        let subject = ("attempt", attempt.to_string());
        audited::record(service, &mut tx, actor, "attempt.resumed", subject, detail).await?;
    } else if before.state == AttemptState::Paused {
        return Err(Problem::conflict(
            "exam.sitting_paused",
            "The whole sitting is paused: let the sitting go on.",
        ));
    }
    let after = load_attempt(&mut tx, id, attempt).await?;
    tx.commit().await?;
    tell(service, id, &[Moved { attempt, version: after.version }]);
    let mut conn = service.db.read().await?;
    live_one(service, &mut conn, &sitting, after).await
}
