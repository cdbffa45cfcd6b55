//! Admission codes, for whoever prints them.

mod issue_codes;

use std::sync::Arc;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::AuthService;

/// The endpoints of this folder.
pub fn routes() -> OpenApiRouter<Arc<AuthService>> {
    OpenApiRouter::new().routes(routes!(issue_codes::issue_admission_codes))
}
