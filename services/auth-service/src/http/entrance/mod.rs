//! Coming in: sign-in, renewal, sign-out, activation, check-in, public keys.

mod activate;
mod check_in;
mod jwks;
mod login;
mod logout;
mod refresh;

pub use check_in::CheckedIn;

use std::sync::Arc;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::AuthService;

/// The endpoints of this folder.
pub fn routes() -> OpenApiRouter<Arc<AuthService>> {
    OpenApiRouter::new()
        .routes(routes!(login::login))
        .routes(routes!(refresh::refresh))
        .routes(routes!(logout::logout))
        .routes(routes!(activate::activate))
        .routes(routes!(check_in::check_in))
        .routes(routes!(jwks::jwks))
}
