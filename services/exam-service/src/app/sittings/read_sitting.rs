//! Staff look at a sitting.

use authz::{Action, Actor, SittingId};
use foundation::Problem;

use super::{SittingView, load::load, view::view};
use crate::ExamService;

/// The sitting.
///
/// # Errors
/// 404 when it isn't there or lies elsewhere.
pub async fn read_sitting(
    service: &ExamService,
    actor: &Actor,
    id: SittingId,
) -> Result<SittingView, Problem> {
    let mut conn = service.db.read().await?;
    let sitting = load(&mut conn, actor, Action::ReadSittings, id).await?;
    view(service, &mut conn, sitting).await
}
