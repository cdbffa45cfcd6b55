//! An invigilator lets an attempt move to another device.

use authz::{Action, Actor, AttemptId, SittingId};
use foundation::Problem;
use serde_json::json;

use super::{
    Reason,
    live::{LiveAttempt, live_one},
    load::{load, load_attempt},
    retime::{Moved, tell},
};
use crate::{ExamService, app::audited, store};

/// Lets the attempt move to the device that asks for it, or to the first one that will. Good for a quarter of an hour;
/// whoever waits goes on by themselves. Idempotent while it is good.
///
/// # Errors
/// 404 when the sitting or the attempt isn't there or lies elsewhere; 409 when the attempt doesn't run.
pub async fn allow_move(
    service: &ExamService,
    actor: &Actor,
    id: SittingId,
    attempt: AttemptId,
    reason: Option<&Reason>,
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
            "This candidate hasn't started: they can go to any device.",
        ));
    }
    if before.gate().is_closed(now) {
        return Err(Problem::conflict("exam.attempt_over", "This attempt is over already."));
    }
    let question = before.device_move;
    if !question.is_allowed(now) {
        store::attempts::allow_move(&mut tx, attempt, before.version, now).await?;
        let detail = json!({
            "sitting": id, "lease_no": before.lease_no, "asked": question.asked_at.is_some(), "reason": reason,
        });
        let subject = ("attempt", attempt.to_string());
        audited::record(service, &mut tx, actor, "attempt.move_allowed", subject, detail).await?;
    }
    let after = load_attempt(&mut tx, id, attempt).await?;
    tx.commit().await?;
    tell(service, id, &[Moved { attempt, version: after.version }]);
    let mut conn = service.db.read().await?;
    live_one(service, &mut conn, &sitting, after).await
}
