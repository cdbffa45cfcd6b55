//! An officer releases a sitting's results to its candidates, or takes them back.

use authz::{Action, Actor, SittingId};
use exam_api::{ReleaseWithdrawn, ResultsReleased, kinds};
use foundation::{FieldProblem, Instant, Problem};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use super::released::released_at;
use crate::{
    ExamService,
    app::{
        audited,
        sittings::{Reason, load::load},
    },
    service::SCHEMA,
    store::{self, marking::MarkingCounts, results::STAGE_RESULTS},
};

/// Whether a sitting's results are out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReleaseState {
    /// When they were released; null while they aren't.
    pub released_at: Option<Instant>,
}

/// Releases the sitting's results. What the policy shows is then seen by every candidate whose attempt is over and
/// marked. Idempotent.
///
/// # Errors
/// 404 when the sitting isn't there or lies elsewhere; 409 while attempts run or wait to be marked and `force` isn't
/// set; 422 when it is forced without a reason.
pub async fn release_results(
    service: &ExamService,
    actor: &Actor,
    id: SittingId,
    force: bool,
    reason: Option<&Reason>,
) -> Result<ReleaseState, Problem> {
    let now = service.clock.now();
    let mut conn = service.db.read().await?;
    let sitting = load(&mut conn, actor, Action::ReleaseResults, id).await?;
    if let Some(released_at) = released_at(&mut conn, &sitting).await? {
        return Ok(ReleaseState { released_at: Some(released_at) });
    }
    let MarkingCounts { unfinished, unmarked, partial, .. } = store::marking::counts(&mut conn, id).await?;
    let candidate_ids = store::marking::with_results(&mut conn, id).await?;
    drop(conn);
    let waiting = json!({ "unfinished": unfinished, "unmarked": unmarked, "partial": partial });
    if unfinished + unmarked + partial > 0 {
        if !force {
            return Err(Problem::conflict(
                "exam.not_all_marked",
                "Attempts still run or wait to be marked. Wait for them, or release all the same with a reason.",
            )
            .facts(waiting));
        }
        if reason.is_none() {
            return Err(Problem::invalid(
                "exam.reason_needed",
                "Say why results are released before everything is marked.",
                vec![FieldProblem::at("reason", "missing", "Say why.")],
            ));
        }
    }

    let mut tx = service.db.begin().await?;
    if !store::results::release(&mut tx, id, STAGE_RESULTS, actor.account(), now).await? {
        // Somebody else did, just now.
        let released_at = released_at(&mut tx, &sitting).await?;
        return Ok(ReleaseState { released_at });
    }
    let detail = json!({ "forced": force, "reason": reason, "waiting": waiting });
    let subject = ("sitting", id.to_string());
    audited::record(service, &mut tx, actor, "results.released", subject, detail).await?;
    let fact = ResultsReleased { sitting_id: id, title: sitting.title, candidate_ids };
    events::record(&mut tx, SCHEMA, &*service.clock, &*service.random, kinds::RESULTS_RELEASED, &fact)
        .await?;
    tx.commit().await?;
    Ok(ReleaseState { released_at: Some(now) })
}

/// Takes the release back: candidates see nothing of their results any more. Idempotent.
///
/// # Errors
/// 404 when the sitting isn't there or lies elsewhere.
pub async fn withdraw_release(
    service: &ExamService,
    actor: &Actor,
    id: SittingId,
    reason: &Reason,
) -> Result<ReleaseState, Problem> {
    let mut conn = service.db.read().await?;
    let sitting = load(&mut conn, actor, Action::ReleaseResults, id).await?;
    let candidate_ids = store::marking::with_results(&mut conn, id).await?;
    drop(conn);
    let mut tx = service.db.begin().await?;
    if store::results::withdraw_release(&mut tx, id, STAGE_RESULTS).await? {
        let detail = json!({ "reason": reason });
        let subject = ("sitting", id.to_string());
        audited::record(service, &mut tx, actor, "results.release_withdrawn", subject, detail).await?;
        let fact = ReleaseWithdrawn { sitting_id: id, title: sitting.title, candidate_ids };
        events::record(&mut tx, SCHEMA, &*service.clock, &*service.random, kinds::RELEASE_WITHDRAWN, &fact)
            .await?;
        tx.commit().await?;
    }
    Ok(ReleaseState { released_at: None })
}
