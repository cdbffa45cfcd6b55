//! Whether a question version may be asked.

use std::str::FromStr;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Whether a question version may be asked.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum QuestionState {
    /// Being written; may be incomplete.
    #[default]
    Draft,
    /// Its author says that it may stand in an exam, and nothing speaks against it.
    Ready,
}

impl QuestionState {
    /// The name on the wire and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Ready => "ready",
        }
    }
}

/// A text that names no state.
#[derive(Clone, Copy, Debug)]
pub struct NoSuchState;

impl FromStr for QuestionState {
    type Err = NoSuchState;
    fn from_str(name: &str) -> Result<Self, NoSuchState> {
        [Self::Draft, Self::Ready].into_iter().find(|state| state.as_str() == name).ok_or(NoSuchState)
    }
}
