//! Accounts, for whoever manages them.

mod create;
mod disable;
mod enable;
mod end_sessions;
mod get;
mod grant_role;
mod list;
mod reset;
mod revoke_role;
mod sessions;
mod unlock;
mod update;

use std::sync::Arc;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::AuthService;

/// The endpoints of this folder.
pub fn routes() -> OpenApiRouter<Arc<AuthService>> {
    OpenApiRouter::new()
        .routes(routes!(list::list_accounts, create::create_account))
        .routes(routes!(get::get_account, update::update_account))
        .routes(routes!(disable::disable_account))
        .routes(routes!(enable::enable_account))
        .routes(routes!(grant_role::grant_role))
        .routes(routes!(revoke_role::revoke_role))
        .routes(routes!(sessions::list_account_sessions, end_sessions::end_account_sessions))
        .routes(routes!(reset::reset_password))
        .routes(routes!(unlock::unlock_account))
}
