//! What was done, by whom.

mod list;

use std::sync::Arc;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::AuthService;

/// The endpoints of this folder.
pub fn routes() -> OpenApiRouter<Arc<AuthService>> {
    OpenApiRouter::new().routes(routes!(list::list_audit))
}
