//! One file per endpoint: extract, authorize, call, reply.

mod accounts;
mod admissions;
#[cfg(test)]
mod audit_log;
mod browser;
mod cookies;
mod entrance;
mod internal;
mod me;
mod people;
mod rules;
mod signed_in;
mod terms;
#[cfg(test)]
pub mod testing;
mod units;
mod views;

use std::sync::Arc;

use axum::http::StatusCode;
use utoipa_axum::router::OpenApiRouter;

pub use rules::RULES;

use crate::{AuthService, SCHEMA};

/// Every endpoint of the service.
pub fn router(service: Arc<AuthService>) -> OpenApiRouter {
    let audit_log = http_kit::audit_log::routes("/api/v1/auth", SCHEMA, service.db.clone());
    OpenApiRouter::new()
        .merge(entrance::routes())
        .merge(me::routes())
        .merge(accounts::routes())
        .merge(people::routes())
        .merge(units::routes())
        .merge(terms::routes())
        .merge(admissions::routes())
        .merge(internal::routes())
        .with_state(service)
        .merge(audit_log)
}

/// Answers of endpoints that change something and have nothing to tell.
type NoContent = StatusCode;
