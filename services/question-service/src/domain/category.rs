//! The tree of categories.

use std::collections::{BTreeMap, HashMap};

use foundation::{Problem, Text};
use question_api::{BankId, CategoryId};

use super::limits::{CATEGORY_DEPTH_MAX, CATEGORY_NAME_CHARS_MAX};

/// A category's name.
pub type CategoryName = Text<1, CATEGORY_NAME_CHARS_MAX>;

/// A category as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CategoryNode {
    /// Its id.
    pub id: CategoryId,
    /// Its bank.
    pub bank_id: BankId,
    /// The category that it lies in; none for an outermost one.
    pub parent_id: Option<CategoryId>,
    /// Its name.
    pub name: String,
    /// Ids from the outermost category to this one, between slashes.
    pub path: String,
}

/// The path of a category below `parent`.
///
/// # Errors
/// 422 when it would lie too deep.
pub fn child_path(parent: Option<&str>, id: CategoryId) -> Result<String, Problem> {
    let path = format!("{}{id}/", parent.unwrap_or("/"));
    if depth(&path) > CATEGORY_DEPTH_MAX { Err(too_deep()) } else { Ok(path) }
}

/// How many categories a path names.
pub fn depth(path: &str) -> usize {
    path.split('/').filter(|id| !id.is_empty()).count()
}

/// 422: the tree has no room for another level.
pub fn too_deep() -> Problem {
    Problem::new(
        422,
        "question.category_too_deep",
        format!("Categories lie at most {CATEGORY_DEPTH_MAX} deep. Put it further out."),
    )
}

/// The names from the outermost category to each one.
pub fn name_paths(nodes: &[CategoryNode]) -> HashMap<CategoryId, Vec<String>> {
    let by_id: BTreeMap<CategoryId, &CategoryNode> = nodes.iter().map(|node| (node.id, node)).collect();
    let path = |node: &CategoryNode| {
        let ids = node.path.split('/').filter_map(|id| id.parse::<CategoryId>().ok());
        ids.filter_map(|id| by_id.get(&id)).map(|node| node.name.clone()).collect()
    };
    nodes.iter().map(|node| (node.id, path(node))).collect()
}
