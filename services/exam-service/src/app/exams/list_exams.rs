//! Staff list the exams of their units.

use authz::{Action, Actor};
use foundation::{Page, PageQuery, Problem};

use super::ExamSummary;
use crate::{
    ExamService,
    store::{self, exams::ExamFilter},
};

/// A page of the exams that the actor may read, newest first.
///
/// # Errors
/// When the database can't be read.
pub async fn list_exams(
    service: &ExamService,
    actor: &Actor,
    filter: &ExamFilter,
    page: &PageQuery,
) -> Result<Page<ExamSummary>, Problem> {
    let units = actor.units(Action::ReadExams);
    let mut conn = service.db.read().await?;
    let rows = store::exams::list(&mut conn, &units, filter, page).await?;
    let items = rows.into_iter().map(ExamSummary::from).collect();
    Ok(Page::cut(items, page.limit(), |exam: &ExamSummary| exam.id.to_string()))
}
