//! A candidate looks at their attempt.

use authz::{Actor, AttemptId};
use foundation::Problem;

use super::load::{AttemptView, load, own, view};
use crate::ExamService;

/// The attempt as its candidate sees it.
///
/// # Errors
/// 404 for somebody else's.
pub async fn read_attempt(
    service: &ExamService,
    actor: &Actor,
    id: AttemptId,
) -> Result<AttemptView, Problem> {
    own(actor, id)?;
    let now = service.clock.now();
    let mut conn = service.db.read().await?;
    let loaded = load(&mut conn, id).await?;
    drop(conn);
    view(service, &loaded, now).await
}
