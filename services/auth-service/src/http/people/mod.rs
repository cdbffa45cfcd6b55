//! People: finding them, and bringing them in.

mod activation_codes;
mod find;
mod import;

use std::sync::Arc;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::AuthService;

/// The endpoints of this folder.
pub fn routes() -> OpenApiRouter<Arc<AuthService>> {
    OpenApiRouter::new()
        .routes(routes!(find::find_people))
        .routes(routes!(import::import_people))
        .routes(routes!(activation_codes::issue_activation_codes))
}
