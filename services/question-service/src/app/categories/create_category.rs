//! Somebody makes a category.

use authz::Actor;
use foundation::{FieldProblem, Problem};
use question_api::{BankId, CategoryId, kinds};
use serde_json::json;

use super::{CategoryView, name_taken, views};
use crate::{
    QuestionService,
    app::{
        access::{self, Want},
        record::{Change, record},
    },
    domain::{
        category::{CategoryName, CategoryNode, child_path},
        limits::CATEGORIES_PER_BANK_MAX,
    },
    store,
};

/// Makes a category in a bank, or in one of its categories.
///
/// # Errors
/// 404 when the bank isn't there for the actor; 409 when the name is taken or the bank full; 422 for a parent of another
/// bank, or when it would lie too deep.
pub async fn create_category(
    service: &QuestionService,
    actor: &Actor,
    bank_id: BankId,
    parent_id: Option<CategoryId>,
    name: CategoryName,
) -> Result<CategoryView, Problem> {
    let mut tx = service.db.begin().await?;
    access::bank(&mut tx, actor, bank_id, Want::Edit).await?;
    store::banks::lock(&mut tx, bank_id).await?;
    let mut nodes = store::categories::of_bank(&mut tx, bank_id).await?;
    if nodes.len() >= CATEGORIES_PER_BANK_MAX {
        return Err(Problem::conflict(
            "question.too_many_categories",
            format!("A bank has at most {CATEGORIES_PER_BANK_MAX} categories. Use tags, or another bank."),
        ));
    }
    let parent = parent_in(&nodes, parent_id)?;
    let id = service.id();
    let path = child_path(parent.map(|parent| parent.path.as_str()), id)?;
    let node = CategoryNode { id, bank_id, parent_id, name: name.into_string(), path };
    store::categories::insert(&mut tx, std::slice::from_ref(&node)).await.map_err(name_taken)?;
    let detail = json!({ "name": node.name, "parent_id": parent_id });
    record(service, &mut tx, Change::of(actor, kinds::CATEGORY_CREATED, Some(bank_id), id, detail)).await?;
    tx.commit().await?;
    nodes.push(node);
    let view = views(nodes, &Default::default()).into_iter().find(|view| view.id == id);
    view.ok_or_else(|| Problem::internal("a new category is missing in its own tree"))
}

/// The parent among the bank's categories; none for an outermost category.
pub(super) fn parent_in(
    nodes: &[CategoryNode],
    parent_id: Option<CategoryId>,
) -> Result<Option<&CategoryNode>, Problem> {
    let Some(parent_id) = parent_id else { return Ok(None) };
    let parent = nodes.iter().find(|node| node.id == parent_id);
    parent.map(Some).ok_or_else(|| {
        Problem::invalid(
            "question.category_parent_unknown",
            "The category to put it in isn't in this bank. Load the categories again.",
            vec![FieldProblem::at("parent_id", "unknown", "No such category in this bank.")],
        )
    })
}
