//! A candidate sees every flag on an attempt of their own.

use authz::{Actor, AttemptId};
use foundation::{Page, Problem};
use proctoring_api::{OwnViolation, Violation, ViolationId};

use super::record_violation::no_such_attempt;
use crate::{ProctoringService, store};

/// The violations of the actor's own attempt, newest first, from behind `after`.
///
/// # Errors
/// 404 for somebody else's attempt, or one of which nothing is known.
pub async fn list_own_violations(
    service: &ProctoringService,
    actor: &Actor,
    attempt: AttemptId,
    after: Option<ViolationId>,
    limit: i64,
) -> Result<Page<OwnViolation>, Problem> {
    if matches!(actor, Actor::Ticket(ticket) if ticket.attempt != attempt) {
        return Err(no_such_attempt());
    }
    let mut conn = service.db.read().await?;
    let candidate = store::attempts::find(&mut conn, attempt).await?.map(|row| row.candidate_id);
    // A ticket proves whose the attempt is before anything else is known of it.
    let is_own = match actor {
        Actor::Ticket(ticket) => ticket.attempt == attempt,
        _ => candidate.is_some() && candidate == actor.account(),
    };
    if !is_own {
        return Err(no_such_attempt());
    }
    let violations = store::violations::of_attempt(&mut conn, attempt, after, limit).await?;
    let page = Page::cut(violations, limit, |violation| violation.id.to_string());
    Ok(Page { items: page.items.into_iter().map(own).collect(), next: page.next })
}

/// What of a violation its candidate sees: not who judged, and not their notes, which may speak of others.
pub fn own(violation: Violation) -> OwnViolation {
    OwnViolation {
        id: violation.id,
        kind: violation.kind,
        duration_seconds: violation.duration_seconds,
        detail: violation.detail,
        recorded_at: violation.recorded_at,
        judgement: violation.judgement,
        judged_at: violation.judged_at,
    }
}
