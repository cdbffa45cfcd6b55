//! How much of a list, from where.

use foundation::PageQuery;
use serde::Deserialize;
use uuid::Uuid;

/// How much of a list, from where. A cursor that can't be one is refused.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ListQuery {
    /// Items wanted: 1 to 200, 50 when left out.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<u32>,
    /// The `next` of the page before; the first page when left out.
    pub after: Option<Uuid>,
}

impl ListQuery {
    /// The number of items on the page, within bounds.
    pub fn limit(&self) -> i64 {
        PageQuery { limit: self.limit, after: None }.limit()
    }
}
