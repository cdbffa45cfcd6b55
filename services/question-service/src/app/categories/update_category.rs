//! Somebody renames or moves a category.

use authz::Actor;
use foundation::{FieldProblem, Problem};
use question_api::{CategoryId, kinds};
use serde_json::json;

use super::{CategoryView, create_category::parent_in, name_taken, views};
use crate::{
    QuestionService,
    app::{
        access::{self, Want},
        record::{Change, record},
    },
    domain::{
        category::{CategoryName, child_path, depth, too_deep},
        limits::CATEGORY_DEPTH_MAX,
    },
    store,
};

/// Gives a category a name and a place in its bank; what lies in it comes along.
///
/// # Errors
/// 404 when it isn't there for the actor, 409 when the name is taken, 422 for a parent of another bank, one that lies in
/// the category itself, or when something would lie too deep.
pub async fn update_category(
    service: &QuestionService,
    actor: &Actor,
    id: CategoryId,
    parent_id: Option<CategoryId>,
    name: CategoryName,
) -> Result<CategoryView, Problem> {
    let mut tx = service.db.begin().await?;
    let (node, bank) = access::category(&mut tx, actor, id, Want::Edit).await?;
    store::banks::lock(&mut tx, bank.id).await?;
    let mut nodes = store::categories::of_bank(&mut tx, bank.id).await?;
    let parent = parent_in(&nodes, parent_id)?;
    if parent.is_some_and(|parent| parent.path.starts_with(&node.path)) {
        return Err(Problem::invalid(
            "question.category_in_itself",
            "A category can't lie in itself. Choose another place.",
            vec![FieldProblem::at("parent_id", "in_itself", "This category lies in the one to be moved.")],
        ));
    }
    let path = child_path(parent.map(|parent| parent.path.as_str()), id)?;
    let old_path = node.path.clone();
    let deepest = nodes
        .iter()
        .filter(|other| other.path.starts_with(&old_path))
        .map(|other| depth(&other.path) - depth(&old_path))
        .max();
    if depth(&path) + deepest.unwrap_or_default() > CATEGORY_DEPTH_MAX {
        return Err(too_deep());
    }
    for other in nodes.iter_mut().filter(|other| other.path.starts_with(&old_path)) {
        other.path = format!("{path}{}", &other.path[old_path.len()..]);
        if other.id == id {
            other.parent_id = parent_id;
            other.name = name.as_str().to_owned();
        }
    }
    let Some(node) = nodes.iter().find(|other| other.id == id) else {
        return Err(Problem::internal(format!("category {id} is missing in its own tree")));
    };
    store::categories::update(&mut tx, node, &old_path).await.map_err(name_taken)?;
    let counts = store::categories::question_counts(&mut tx, bank.id).await?.into_iter().collect();
    let detail = json!({ "name": name.as_str(), "parent_id": parent_id });
    record(service, &mut tx, Change::of(actor, kinds::CATEGORY_UPDATED, Some(bank.id), id, detail)).await?;
    tx.commit().await?;
    let view = views(nodes, &counts).into_iter().find(|view| view.id == id);
    view.ok_or_else(|| Problem::internal("a category is missing in its own tree"))
}
