//! Staff list the sittings of their units.

use authz::{Action, Actor};
use exam_api::ExamId;
use foundation::{Page, PageQuery, Problem};

use super::{SittingView, view::views};
use crate::{ExamService, store};

/// A page of the sittings that the actor may see, the latest opening first; of one exam if it is named.
///
/// # Errors
/// When the database can't be read.
pub async fn list_sittings(
    service: &ExamService,
    actor: &Actor,
    exam: Option<ExamId>,
    page: &PageQuery,
) -> Result<Page<SittingView>, Problem> {
    let units = actor.units(Action::ReadSittings);
    let mut conn = service.db.read().await?;
    let rows = store::sittings::list(&mut conn, &units, exam, page).await?;
    let items = views(service, &mut conn, rows).await?;
    Ok(Page::cut(items, page.limit(), |sitting: &SittingView| {
        format!("{}.{}", sitting.opens_at.as_micros(), sitting.id)
    }))
}
