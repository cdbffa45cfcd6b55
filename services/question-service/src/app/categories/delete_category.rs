//! Somebody deletes an empty category.

use authz::Actor;
use foundation::Problem;
use question_api::{CategoryId, kinds};
use serde_json::json;

use crate::{
    QuestionService,
    app::{
        access::{self, Want},
        record::{Change, record},
    },
    store,
};

/// Deletes a category that nothing lies in.
///
/// # Errors
/// 404 when it isn't there for the actor, 409 when something lies in it.
pub async fn delete_category(
    service: &QuestionService,
    actor: &Actor,
    id: CategoryId,
) -> Result<(), Problem> {
    let mut tx = service.db.begin().await?;
    let (node, bank) = access::category(&mut tx, actor, id, Want::Edit).await?;
    store::banks::lock(&mut tx, bank.id).await?;
    if store::categories::holds_anything(&mut tx, id).await? {
        return Err(Problem::conflict(
            "question.category_not_empty",
            "Categories or questions lie in this category, perhaps archived ones. Move them first.",
        ));
    }
    store::categories::delete(&mut tx, id).await?;
    let detail = json!({ "name": node.name });
    record(service, &mut tx, Change::of(actor, kinds::CATEGORY_DELETED, Some(bank.id), id, detail)).await?;
    tx.commit().await?;
    Ok(())
}
