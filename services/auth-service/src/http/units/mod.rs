//! The organisation's tree, and who belongs to its units.

mod add_members;
mod create;
mod list;
mod members;
mod remove_member;
mod update;
mod view;

use std::sync::Arc;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::AuthService;

/// The endpoints of this folder.
pub fn routes() -> OpenApiRouter<Arc<AuthService>> {
    OpenApiRouter::new()
        .routes(routes!(list::list_units, create::create_unit))
        .routes(routes!(update::update_unit))
        .routes(routes!(members::list_members, add_members::add_members))
        .routes(routes!(remove_member::remove_member))
}
