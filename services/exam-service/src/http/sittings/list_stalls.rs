//! `GET /api/v1/exams/sittings/{sitting_id}/attempts/{attempt_id}/stalls`

use std::sync::Arc;

use authz::{AttemptId, SittingId};
use axum::extract::State;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    ExamService,
    app::sittings::stalls::{self as app, StallView},
};

/// When an attempt's devices reached no server, by their own word.
#[derive(Debug, Serialize, ToSchema)]
pub struct StallsResponse {
    /// In the order of time; at most 200.
    pub stalls: Vec<StallView>,
}

/// What the candidate's device says of times in which it reached no server: evidence, from which nothing follows by itself.
#[utoipa::path(
    get,
    path = "/api/v1/exams/sittings/{sitting_id}/attempts/{attempt_id}/stalls",
    operation_id = "list_stalls",
    tag = "live",
    params(("sitting_id" = SittingId, Path), ("attempt_id" = AttemptId, Path)),
    responses(
        (status = 200, body = StallsResponse),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn list_stalls(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path((sitting_id, attempt_id)): Path<(SittingId, AttemptId)>,
) -> ApiResult<Json<StallsResponse>> {
    Ok(Json(StallsResponse { stalls: app::list_stalls(&service, &actor, sitting_id, attempt_id).await? }))
}
