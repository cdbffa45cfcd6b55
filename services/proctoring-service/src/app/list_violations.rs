//! Staff see the violations of a sitting.

use authz::{Action, Actor, AttemptId, SittingId};
use foundation::{Page, Problem};
use proctoring_api::{AttemptViolations, Violation, ViolationId};

use super::{
    attempt_counts::count,
    sitting::{authorize_sitting, authorize_somewhere},
};
use crate::{ProctoringService, store};

/// Violations, and the counts of the attempts that they belong to.
#[derive(Clone, Debug)]
pub struct Violations {
    /// The violations.
    pub page: Page<Violation>,
    /// The attempts on this page.
    pub attempts: Vec<AttemptViolations>,
}

/// The violations of a sitting, or of one attempt of it; newest first, from behind `after`.
///
/// # Errors
/// 403 without the role; 404 for a sitting that isn't known, or lies in none of the actor's units.
pub async fn list_violations(
    service: &ProctoringService,
    actor: &Actor,
    sitting: SittingId,
    attempt: Option<AttemptId>,
    after: Option<ViolationId>,
    limit: i64,
) -> Result<Violations, Problem> {
    authorize_somewhere(actor, Action::ReadViolations)?;
    let mut conn = service.db.read().await?;
    authorize_sitting(&mut conn, actor, Action::ReadViolations, sitting).await?;
    let violations = match attempt {
        None => store::violations::of_sitting(&mut conn, sitting, after, limit).await?,
        Some(attempt) => match store::attempts::find(&mut conn, attempt).await? {
            Some(row) if row.sitting_id == sitting => {
                store::violations::of_attempt(&mut conn, attempt, after, limit).await?
            }
            // Another sitting's attempt has no violations in this one.
            _ => Vec::new(),
        },
    };
    let page = Page::cut(violations, limit, |violation| violation.id.to_string());
    let mut ids: Vec<AttemptId> = page.items.iter().map(|violation| violation.attempt_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let rows = store::attempts::find_all(&mut conn, &ids).await?;
    Ok(Violations { attempts: count(&mut conn, &rows).await?, page })
}
