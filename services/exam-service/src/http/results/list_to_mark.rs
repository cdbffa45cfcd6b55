//! `GET /api/v1/exams/to-mark`

use std::sync::Arc;

use axum::extract::State;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    ExamService,
    app::results::list_to_mark::{self as app, WaitingSitting},
};

/// Where responses wait for a marker.
#[derive(Debug, Serialize, ToSchema)]
pub struct ToMarkResponse {
    /// The sittings, those that ended first in front; at most 100.
    pub sittings: Vec<WaitingSitting>,
}

/// The sittings of the caller's units of which responses wait for a marker.
#[utoipa::path(
    get,
    path = "/api/v1/exams/to-mark",
    operation_id = "list_to_mark",
    tag = "marking",
    responses(
        (status = 200, body = ToMarkResponse),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn list_to_mark(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
) -> ApiResult<Json<ToMarkResponse>> {
    Ok(Json(ToMarkResponse { sittings: app::list_to_mark(&service, &actor).await? }))
}
