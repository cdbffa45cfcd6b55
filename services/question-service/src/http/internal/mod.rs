//! What other services call ([`QuestionApi`](question_api::QuestionApi) over HTTP): by service token, and refused at the
//! edge. Not in the API's description.

mod freeze;
mod picture;

use std::sync::Arc;

use axum::{extract::DefaultBodyLimit, routing::post};
use http_kit::limits::SERVICE_BODY_BYTES_MAX;
use question_api::wire;
use utoipa_axum::router::OpenApiRouter;

use crate::QuestionService;

/// The endpoints.
pub fn routes() -> OpenApiRouter<Arc<QuestionService>> {
    OpenApiRouter::new()
        .route(wire::FREEZE, post(freeze::freeze))
        .route(wire::PICTURE, post(picture::picture))
        .layer(DefaultBodyLimit::max(SERVICE_BODY_BYTES_MAX))
}
