//! One endpoint, one file: extract, authorize, call, reply.

mod attempts;
mod csv_body;
mod downloads;
mod exams;
mod results;
mod rules;
mod sittings;

use std::sync::Arc;

use utoipa_axum::router::OpenApiRouter;

use crate::{ExamService, SCHEMA};

pub use rules::RULES;

/// Every endpoint of this service.
pub fn router(service: Arc<ExamService>) -> OpenApiRouter {
    let audit_log = http_kit::audit_log::routes("/api/v1/exams", SCHEMA, service.db.clone());
    OpenApiRouter::new()
        .merge(attempts::router(service.settings.upload_bytes_max))
        .merge(exams::router())
        .merge(sittings::router())
        .merge(results::router())
        .with_state(service)
        .merge(audit_log)
}
