//! What changed between two versions, as a person would say it.

mod tree;
mod words;

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

pub use tree::changes;
pub use words::{Piece, PieceKind};

/// One thing that differs.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Change {
    /// Where: `question.body.options[b].text`. Parts with an id are named by it, others by their place from 0.
    pub field: String,
    /// How.
    pub kind: ChangeKind,
    /// As it was; null when it wasn't there.
    #[schema(value_type = Value)]
    pub before: Value,
    /// As it is now; null when it isn't there any more.
    #[schema(value_type = Value)]
    pub after: Value,
    /// For texts: word by word.
    pub words: Option<Vec<Piece>>,
}

/// How something differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// It wasn't there before.
    Added,
    /// It isn't there any more.
    Removed,
    /// It has another value.
    Changed,
    /// The same parts are there in another order; `before` and `after` list their ids.
    Reordered,
}
