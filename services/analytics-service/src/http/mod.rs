//! One endpoint, one file: extract, authorize, call, reply.

mod list_sittings;
mod read_statistics;
mod rules;

use std::sync::Arc;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::AnalyticsService;

pub use rules::RULES;

/// Every endpoint of this service.
pub fn router(service: Arc<AnalyticsService>) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(list_sittings::list_sitting_statistics))
        .routes(routes!(read_statistics::read_sitting_statistics))
        .with_state(service)
}
