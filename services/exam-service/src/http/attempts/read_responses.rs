//! `GET /api/v1/exams/attempts/{attempt_id}/responses`

use std::sync::Arc;

use authz::AttemptId;
use axum::extract::State;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    ExamService,
    app::attempts::read_responses::{self as app, HeldResponse},
};

/// What the server holds of an attempt's answers.
#[derive(Debug, Serialize, ToSchema)]
pub struct ResponsesResponse {
    /// For each question the entry that counts, and the last one where that is another: it came late, or went back
    /// where there is no way back.
    pub responses: Vec<HeldResponse>,
}

/// What is held of the attempt's answers, for resuming on this or another device.
#[utoipa::path(
    get,
    path = "/api/v1/exams/attempts/{attempt_id}/responses",
    operation_id = "read_responses",
    tag = "attempts",
    params(("attempt_id" = AttemptId, Path)),
    responses(
        (status = 200, body = ResponsesResponse),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn read_responses(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path(attempt_id): Path<AttemptId>,
) -> ApiResult<Json<ResponsesResponse>> {
    Ok(Json(ResponsesResponse { responses: app::read_responses(&service, &actor, attempt_id).await? }))
}
