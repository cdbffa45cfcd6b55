//! Terms: when courses and classes run.

mod create;
mod list;
mod update;
mod view;

use std::sync::Arc;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::AuthService;

/// The endpoints of this folder.
pub fn routes() -> OpenApiRouter<Arc<AuthService>> {
    OpenApiRouter::new()
        .routes(routes!(list::list_terms, create::create_term))
        .routes(routes!(update::update_term))
}
