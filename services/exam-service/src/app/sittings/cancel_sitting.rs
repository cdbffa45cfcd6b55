//! An officer calls a sitting off.

use authz::{Action, Actor, SittingId};
use exam_api::{SittingCancelled, kinds};
use foundation::Problem;
use serde_json::json;

use super::{
    Reason, SittingView,
    load::{load, version_conflict},
    retime::tell,
    view::view,
};
use crate::{
    ExamService,
    app::audited,
    service::SCHEMA,
    store::{self, sittings::SittingRow},
};

/// Calls the sitting off: nobody checks in or starts any more. Idempotent.
///
/// # Errors
/// 404 when it isn't there or lies elsewhere; 409 once somebody has started.
pub async fn cancel_sitting(
    service: &ExamService,
    actor: &Actor,
    id: SittingId,
    reason: &Reason,
) -> Result<SittingView, Problem> {
    let now = service.clock.now();
    let mut conn = service.db.read().await?;
    let sitting = load(&mut conn, actor, Action::ManageSittings, id).await?;
    if sitting.cancelled_at.is_some() {
        return view(service, &mut conn, sitting).await;
    }
    let expected = store::rosters::expected(&mut conn, id).await?;
    drop(conn);

    let cancelled = SittingRow { cancelled_at: Some(now), ..sitting };
    let mut tx = service.db.begin().await?;
    store::sittings::lock(&mut tx, id).await?;
    store::attempts::lock_sitting(&mut tx, id).await?;
    if store::attempts::any_started(&mut tx, id).await? {
        return Err(Problem::conflict(
            "exam.sitting_started",
            "Candidates have started: a sitting that runs can't be called off. Terminate attempts, or give time.",
        ));
    }
    if !store::sittings::update(&mut tx, &cancelled).await? {
        return Err(version_conflict(cancelled.version + 1));
    }
    store::attempts::touch_sitting(&mut tx, id, false).await?;
    let detail = json!({ "reason": reason });
    audited::record(service, &mut tx, actor, "sitting.cancelled", ("sitting", id.to_string()), detail)
        .await?;
    let fact = SittingCancelled {
        sitting_id: id,
        unit: cancelled.unit.clone(),
        title: cancelled.title.clone(),
        candidate_ids: expected,
    };
    events::record(&mut tx, SCHEMA, &*service.clock, &*service.random, kinds::SITTING_CANCELLED, &fact)
        .await?;
    tx.commit().await?;
    tell(service, id, &[]);
    let mut conn = service.db.read().await?;
    view(service, &mut conn, SittingRow { version: cancelled.version + 1, ..cancelled }).await
}
