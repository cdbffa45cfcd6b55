//! People: finding them, and bringing them in.

mod find;
mod import;

use std::sync::Arc;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::AuthService;

/// The endpoints of this folder.
pub fn routes() -> OpenApiRouter<Arc<AuthService>> {
    OpenApiRouter::new().routes(routes!(find::find_people)).routes(routes!(import::import_people))
}
