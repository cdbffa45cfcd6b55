//! Staff see which attempts of a sitting have violations.

use authz::{Action, Actor, AttemptId, SittingId};
use foundation::{Page, Problem};
use proctoring_api::AttemptViolations;

use super::{
    attempt_counts::count,
    sitting::{authorize_sitting, authorize_somewhere},
};
use crate::{ProctoringService, store};

/// The attempts of a sitting that have violations, with their counts; the newest attempt first, from behind `after`.
///
/// # Errors
/// 403 without the role; 404 for a sitting that isn't known, or lies in none of the actor's units.
pub async fn list_attempts(
    service: &ProctoringService,
    actor: &Actor,
    sitting: SittingId,
    after: Option<AttemptId>,
    limit: i64,
) -> Result<Page<AttemptViolations>, Problem> {
    authorize_somewhere(actor, Action::ReadViolations)?;
    let mut conn = service.db.read().await?;
    authorize_sitting(&mut conn, actor, Action::ReadViolations, sitting).await?;
    let rows = store::attempts::with_violations(&mut conn, sitting, after, limit).await?;
    let page = Page::cut(rows, limit, |row| row.id.to_string());
    Ok(Page { items: count(&mut conn, &page.items).await?, next: page.next })
}
