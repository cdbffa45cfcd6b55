//! What other services call ([`AuthApi`](auth_api::AuthApi) over HTTP): by service token, and refused at the edge. Not in
//! the API's description. The caller has authorized the person on whose behalf it acts; here they are recorded.

mod find_people;
mod import_people;
mod read_unit;
mod register_admissions;
mod revoke_admissions;

use std::sync::Arc;

use auth_api::wire;
use axum::{
    extract::DefaultBodyLimit,
    routing::{get, post},
};
use http_kit::limits::SERVICE_BODY_BYTES_MAX;
use utoipa_axum::router::OpenApiRouter;

use crate::AuthService;

/// The endpoints.
pub fn routes() -> OpenApiRouter<Arc<AuthService>> {
    OpenApiRouter::new()
        .route(wire::IMPORT_PEOPLE, post(import_people::import_people))
        .route(wire::FIND_PEOPLE, post(find_people::find_people))
        .route(wire::REGISTER_ADMISSIONS, post(register_admissions::register_admissions))
        .route(wire::REVOKE_ADMISSIONS, post(revoke_admissions::revoke_admissions))
        .route(wire::UNIT, get(read_unit::read_unit))
        .layer(DefaultBodyLimit::max(SERVICE_BODY_BYTES_MAX))
}
