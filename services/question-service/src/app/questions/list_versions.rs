//! An author looks at the versions of a question.

use authz::Actor;
use foundation::{Page, PageQuery, Problem};
use question_api::QuestionId;

use super::VersionSummary;
use crate::{
    QuestionService,
    app::access::{self, Want},
    store,
};

/// The question's versions, newest first.
///
/// # Errors
/// 404 when the question isn't there for the actor.
pub async fn list_versions(
    service: &QuestionService,
    actor: &Actor,
    id: QuestionId,
    page: &PageQuery,
) -> Result<Page<VersionSummary>, Problem> {
    let mut conn = service.db.read().await?;
    access::question(&mut conn, actor, id, Want::Read).await?;
    let heads = store::versions::list(&mut conn, id, page).await?;
    let versions = heads.into_iter().map(VersionSummary::from).collect();
    Ok(Page::cut(versions, page.limit(), |version: &VersionSummary| version.number.to_string()))
}
