//! The categories of a bank.

pub mod create_category;
pub mod delete_category;
pub mod list_categories;
pub mod update_category;

use std::collections::HashMap;

use foundation::Problem;
use question_api::{BankId, CategoryId};
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::category::{CategoryNode, name_paths};

/// A category of a bank.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CategoryView {
    /// The category.
    pub id: CategoryId,
    /// Its bank.
    pub bank_id: BankId,
    /// The category that it lies in; null for an outermost one.
    pub parent_id: Option<CategoryId>,
    /// Its name.
    pub name: String,
    /// The names from the outermost category to this one.
    pub path: Vec<String>,
    /// Questions in it itself, archived ones left out.
    pub questions: i64,
}

/// The categories as a tree is read: each before those in it, neighbours by name.
fn views(nodes: Vec<CategoryNode>, counts: &HashMap<CategoryId, i64>) -> Vec<CategoryView> {
    let mut paths = name_paths(&nodes);
    let mut views: Vec<CategoryView> = nodes
        .into_iter()
        .map(|node| CategoryView {
            path: paths.remove(&node.id).unwrap_or_default(),
            questions: counts.get(&node.id).copied().unwrap_or_default(),
            id: node.id,
            bank_id: node.bank_id,
            parent_id: node.parent_id,
            name: node.name,
        })
        .collect();
    views.sort_by(|one, other| one.path.cmp(&other.path));
    views
}

/// 409: a neighbour has that name.
fn name_taken(error: db::Error) -> Problem {
    if error.is_exists() {
        Problem::conflict(
            "question.category_name_taken",
            "There is a category of this name in the same place. Choose another name.",
        )
    } else {
        error.into()
    }
}
