//! (being written)
use std::sync::Arc;
use utoipa_axum::router::OpenApiRouter;
pub const RULES: &[authz::Rule] = &[];
pub fn router(_: Arc<crate::AuthService>) -> OpenApiRouter {
    OpenApiRouter::new()
}
