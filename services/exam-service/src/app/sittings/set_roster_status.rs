//! An officer defers or withdraws a candidate, or expects them again.

use authz::{Action, Actor, AttemptId, SittingId};
use foundation::Problem;
use serde_json::json;

use super::{
    list_roster::RosterEntry,
    load::{load, load_attempt},
    retime::{Moved, tell},
};
use crate::{ExamService, app::audited, domain::attempt::RosterStatus, store};

/// Says of a candidate's place on the roster whether they are expected. Idempotent.
///
/// # Errors
/// 404 when the sitting or the attempt isn't there or lies elsewhere; 409 once the candidate has started.
pub async fn set_roster_status(
    service: &ExamService,
    actor: &Actor,
    id: SittingId,
    attempt: AttemptId,
    status: RosterStatus,
    reason: Option<&super::Reason>,
) -> Result<RosterEntry, Problem> {
    let mut conn = service.db.read().await?;
    load(&mut conn, actor, Action::ManageSittings, id).await?;
    load_attempt(&mut conn, id, attempt).await?;
    drop(conn);
    let mut tx = service.db.begin().await?;
    store::attempts::lock(&mut tx, &[attempt], true).await?;
    let before = load_attempt(&mut tx, id, attempt).await?;
    if before.roster_status == status {
        return Ok(RosterEntry::from(before));
    }
    if before.started_at.is_some() {
        return Err(Problem::conflict(
            "exam.attempt_started",
            "This candidate has started. To end their attempt, terminate it in the live list.",
        ));
    }
    store::attempts::set_roster_status(&mut tx, attempt, before.version, status).await?;
    let detail = json!({
        "sitting": id, "from": before.roster_status, "to": status, "reason": reason,
    });
    let subject = ("attempt", attempt.to_string());
    audited::record(service, &mut tx, actor, "roster.status_set", subject, detail).await?;
    let after = load_attempt(&mut tx, id, attempt).await?;
    tx.commit().await?;
    tell(service, id, &[Moved { attempt, version: after.version }]);
    Ok(RosterEntry::from(after))
}
