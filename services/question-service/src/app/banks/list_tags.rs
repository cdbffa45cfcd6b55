//! Somebody looks at the tags of a bank.

use authz::Actor;
use foundation::Problem;
use question_api::BankId;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    QuestionService,
    app::access::{self, Want},
    store,
};

/// A tag of a bank.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TagView {
    /// As one of its authors wrote it.
    pub tag: String,
    /// Questions that have it, archived ones left out.
    pub questions: i64,
}

/// The tags of a bank, the most used first; a thousand at most.
///
/// # Errors
/// 404 when the bank isn't there for the actor.
pub async fn list_tags(
    service: &QuestionService,
    actor: &Actor,
    bank: BankId,
) -> Result<Vec<TagView>, Problem> {
    let mut conn = service.db.read().await?;
    access::bank(&mut conn, actor, bank, Want::Read).await?;
    let tags = store::tags::of_bank(&mut conn, bank).await?;
    Ok(tags.into_iter().map(|(tag, questions)| TagView { tag, questions }).collect())
}
