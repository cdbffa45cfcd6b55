//! An author looks for a stimulus.

use authz::Actor;
use foundation::{Page, PageQuery, Problem};
use question_api::BankId;

use super::StimulusSummary;
use crate::{
    QuestionService,
    app::access::{self, Want},
    store,
};

/// A bank's stimuli, newest first.
///
/// # Errors
/// 404 when the bank isn't there for the actor.
pub async fn list_stimuli(
    service: &QuestionService,
    actor: &Actor,
    bank: BankId,
    page: &PageQuery,
) -> Result<Page<StimulusSummary>, Problem> {
    let mut conn = service.db.read().await?;
    access::bank(&mut conn, actor, bank, Want::Read).await?;
    let rows = store::stimuli::list(&mut conn, bank, page).await?;
    let stimuli = rows.into_iter().map(StimulusSummary::from).collect();
    Ok(Page::cut(stimuli, page.limit(), |stimulus: &StimulusSummary| stimulus.id.to_string()))
}
