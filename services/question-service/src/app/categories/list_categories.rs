//! Somebody looks at the categories of a bank.

use authz::Actor;
use foundation::Problem;
use question_api::BankId;

use super::{CategoryView, views};
use crate::{
    QuestionService,
    app::access::{self, Want},
    store,
};

/// All categories of a bank, in the order in which a tree is read.
///
/// # Errors
/// 404 when the bank isn't there for the actor.
pub async fn list_categories(
    service: &QuestionService,
    actor: &Actor,
    bank: BankId,
) -> Result<Vec<CategoryView>, Problem> {
    let mut conn = service.db.read().await?;
    access::bank(&mut conn, actor, bank, Want::Read).await?;
    let nodes = store::categories::of_bank(&mut conn, bank).await?;
    let counts = store::categories::question_counts(&mut conn, bank).await?.into_iter().collect();
    Ok(views(nodes, &counts))
}
