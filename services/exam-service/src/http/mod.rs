//! One endpoint, one file: extract, authorize, call, reply.

mod attempts;
mod exams;
mod rules;

use std::sync::Arc;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::ExamService;

pub use rules::RULES;

/// Every endpoint of this service.
pub fn router(service: Arc<ExamService>) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(attempts::read_attempt::read_attempt))
        .routes(routes!(attempts::open_attempt::open_attempt))
        .routes(routes!(attempts::start_attempt::start_attempt))
        .routes(routes!(attempts::read_paper::read_paper))
        .routes(routes!(attempts::read_responses::read_responses, attempts::save_responses::save_responses))
        .routes(routes!(attempts::submit_attempt::submit_attempt))
        .merge(exams::router())
        .with_state(service)
}
