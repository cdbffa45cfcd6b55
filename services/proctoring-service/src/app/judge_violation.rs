//! A human judges a violation.

use audit::Act;
use authz::{Action, Actor};
use foundation::{FieldProblem, Problem, Text};
use proctoring_api::{Judgement, Violation, ViolationId};
use serde_json::json;

use super::sitting::{authorize_sitting, authorize_somewhere};
use crate::{ProctoringService, domain::judging::is_explained, service::SCHEMA, store};

/// Writes what the actor makes of a violation; a later judgement replaces an earlier one, and the audit log has both.
///
/// # Errors
/// 403 without the role; 404 for a violation that isn't there, or lies in none of the actor's units; 422 for a
/// confirmation that doesn't say why.
pub async fn judge_violation(
    service: &ProctoringService,
    actor: &Actor,
    id: ViolationId,
    judgement: Judgement,
    note: &Text<0, 1_000>,
) -> Result<Violation, Problem> {
    authorize_somewhere(actor, Action::Invigilate)?;
    let now = service.clock.now();
    let mut tx = service.db.begin().await?;
    let before = store::violations::find(&mut tx, id).await?.ok_or_else(no_such_violation)?;
    authorize_sitting(&mut tx, actor, Action::Invigilate, before.sitting_id)
        .await
        .map_err(|problem| if problem.status == 404 { no_such_violation() } else { problem })?;
    if !is_explained(judgement, note) {
        return Err(Problem::invalid(
            "proctoring.note_needed",
            "Say why: a confirmed violation may be held against the candidate.",
            vec![FieldProblem::at("note", "required", "Write a sentence that says why.")],
        ));
    }
    if before.judgement == Some(judgement) && before.note == note.as_str() {
        return Ok(before);
    }
    store::violations::judge(&mut tx, id, judgement, note, actor.account(), now).await?;
    let act = Act {
        actor,
        action: "violation.judged",
        subject_kind: "violation",
        subject_id: id.to_string(),
        detail: json!({
            "attempt_id": before.attempt_id,
            "before": before.judgement,
            "after": judgement,
            "note": note,
        }),
    };
    audit::record(&mut tx, SCHEMA, &*service.clock, &*service.random, act).await?;
    tx.commit().await?;
    Ok(Violation {
        judgement: Some(judgement),
        note: note.to_string(),
        judged_by: actor.account(),
        judged_at: Some(now),
        ..before
    })
}

fn no_such_violation() -> Problem {
    Problem::not_found("proctoring.violation_not_found", "There is no such violation. Reload the list.")
}
