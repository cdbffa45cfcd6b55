//! About oneself.

mod change_password;
mod end_session;
mod get;
mod sessions;
mod ticket;

use std::sync::Arc;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::AuthService;

/// The endpoints of this folder.
pub fn routes() -> OpenApiRouter<Arc<AuthService>> {
    OpenApiRouter::new()
        .routes(routes!(get::get_me))
        .routes(routes!(change_password::change_password))
        .routes(routes!(sessions::list_my_sessions))
        .routes(routes!(end_session::end_my_session))
        .routes(routes!(ticket::issue_ticket))
}
