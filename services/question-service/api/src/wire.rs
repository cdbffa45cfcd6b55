//! [`QuestionApi`](crate::QuestionApi) as it travels between processes: paths and bodies.

use serde::{Deserialize, Serialize};

use crate::FreezeItem;

/// [`QuestionApi::freeze`](crate::QuestionApi::freeze).
pub const FREEZE: &str = "/api/v1/questions/internal/freeze";

/// The body of [`FREEZE`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Freeze {
    /// What each paper asks for.
    pub papers: Vec<Vec<FreezeItem>>,
}
