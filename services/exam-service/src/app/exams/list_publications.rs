//! Staff list an exam's publications.

use authz::{Action, Actor};
use exam_api::ExamId;
use foundation::{Page, PageQuery, Problem};

use super::{PublicationHead, load::load};
use crate::{ExamService, store};

/// A page of the exam's publications, newest first.
///
/// # Errors
/// 404 when the exam isn't there or lies elsewhere.
pub async fn list_publications(
    service: &ExamService,
    actor: &Actor,
    id: ExamId,
    page: &PageQuery,
) -> Result<Page<PublicationHead>, Problem> {
    let mut conn = service.db.read().await?;
    load(&mut conn, actor, Action::ReadExams, id).await?;
    let rows = store::exams::publications(&mut conn, id, page).await?;
    let items = rows.iter().map(PublicationHead::from).collect();
    Ok(Page::cut(items, page.limit(), |publication: &PublicationHead| publication.number.to_string()))
}
