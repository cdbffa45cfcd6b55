//! An invigilator ends an attempt.

use authz::{Action, Actor, AttemptId, SittingId};
use exam_api::{AttemptSubmitted, kinds};
use foundation::Problem;
use serde_json::json;
use telemetry::names;

use super::{
    Reason,
    live::{LiveAttempt, live_one},
    load::{load, load_attempt},
    retime::{Moved, tell},
};
use crate::{ExamService, app::audited, domain::attempt::AttemptState, service::SCHEMA, store};

/// Ends the attempt now, for a reason that stays on record. What was saved before counts; what comes later is kept as
/// late. One that hasn't started can't start any more.
///
/// # Errors
/// 404 when the sitting or the attempt isn't there or lies elsewhere; 409 when it is over already.
pub async fn terminate_attempt(
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
    let ended = before.gate().is_closed(now)
        || !store::attempts::end(&mut tx, attempt, before.version, AttemptState::Terminated, now).await?;
    if ended {
        return Err(Problem::conflict("exam.attempt_over", "This attempt is over already."));
    }
    store::attempts::told(&mut tx, attempt, now).await?;
    let detail = json!({ "sitting": id, "from": before.state, "reason": reason });
    let subject = ("attempt", attempt.to_string());
    audited::record(service, &mut tx, actor, "attempt.terminated", subject, detail).await?;
    if before.started_at.is_some() {
        let fact = AttemptSubmitted {
            attempt_id: attempt,
            sitting_id: id,
            candidate_id: before.candidate_id,
            ended_at: now,
            handed_in: false,
        };
        events::record(&mut tx, SCHEMA, &*service.clock, &*service.random, kinds::ATTEMPT_SUBMITTED, &fact)
            .await?;
        metrics::counter!(names::EXAM_ATTEMPTS_COMPLETED_TOTAL).increment(1);
    }
    let after = load_attempt(&mut tx, id, attempt).await?;
    tx.commit().await?;
    tell(service, id, &[Moved { attempt, version: after.version }]);
    let mut conn = service.db.read().await?;
    live_one(service, &mut conn, &sitting, after).await
}
