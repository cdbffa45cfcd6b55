//! A candidate looks at their attempt.

use authz::{Actor, AttemptId};
use foundation::Problem;

use super::{
    load::{AttemptView, no_such_attempt, own, view_with},
    lookups::Found,
};
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
    let Found { loaded, given } = service.attempts.find(id).await?.ok_or_else(no_such_attempt)?;
    view_with(service, &loaded, given, now).await
}
