//! Staff see their sittings in numbers.

use analytics_api::SittingOverview;
use authz::{Action, Actor, SittingId};
use foundation::{Page, Problem};

use super::read_statistics::authorize_somewhere;
use crate::{AnalyticsService, store};

/// The sittings of the actor's units, the last scheduled first, from behind `after`.
///
/// # Errors
/// 403 without the role.
pub async fn list_sittings(
    service: &AnalyticsService,
    actor: &Actor,
    after: Option<SittingId>,
    limit: i64,
) -> Result<Page<SittingOverview>, Problem> {
    authorize_somewhere(actor)?;
    let mut conn = service.db.read_stale().await?;
    let units = actor.units(Action::ReadStatistics);
    let sittings = store::sittings::list(&mut conn, &units, after, limit).await?;
    Ok(Page::cut(sittings, limit, |sitting| sitting.sitting_id.to_string()))
}
