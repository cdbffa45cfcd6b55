//! One endpoint, one file: extract, authorize, call, reply.

mod judge_violation;
mod list_attempts;
mod list_own_violations;
mod list_query;
mod list_violations;
mod record_violation;
mod rules;

use std::sync::Arc;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{ProctoringService, SCHEMA};

pub use rules::RULES;

/// Every endpoint of this service.
pub fn router(service: Arc<ProctoringService>) -> OpenApiRouter {
    let audit_log = http_kit::audit_log::routes("/api/v1/proctoring", SCHEMA, service.db.clone());
    OpenApiRouter::new()
        .routes(routes!(list_own_violations::list_own_violations, record_violation::record_violation))
        .routes(routes!(list_violations::list_violations))
        .routes(routes!(list_attempts::list_attempts_with_violations))
        .routes(routes!(judge_violation::judge_violation))
        .with_state(service)
        .merge(audit_log)
}
