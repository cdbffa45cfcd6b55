//! Text only: nothing is asked, nothing is marked.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A text that asks nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DescriptionBody {}

/// A text that asks nothing has nothing to mark.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DescriptionKey {}
