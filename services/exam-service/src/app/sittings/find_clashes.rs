//! An officer looks for candidates who are expected in two places at once.

use authz::{Action, Actor, SittingId};
use foundation::Problem;

use super::{Clash, clash::shown_to, load::load};
use crate::{ExamService, store};

/// The sitting's candidates who are expected at another sitting at the same time.
///
/// # Errors
/// 404 when it isn't there or lies elsewhere.
pub async fn find_clashes(
    service: &ExamService,
    actor: &Actor,
    id: SittingId,
) -> Result<Vec<Clash>, Problem> {
    let mut conn = service.db.read().await?;
    let sitting = load(&mut conn, actor, Action::ReadSittings, id).await?;
    let expected = store::rosters::expected(&mut conn, id).await?;
    let rows = store::rosters::clashes(&mut conn, &sitting, &expected).await?;
    Ok(rows.into_iter().map(|row| shown_to(actor, row)).collect())
}
