//! `POST /api/v1/exams/attempts/{attempt_id}/submit`

use std::sync::Arc;

use authz::AttemptId;
use axum::extract::State;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};
use serde::Serialize;
use utoipa::ToSchema;

use super::start_attempt::LeaseRequest;
use crate::{
    ExamService,
    app::attempts::{AttemptView, submit_attempt as app},
};

/// An attempt that was handed in.
#[derive(Debug, Serialize, ToSchema)]
pub struct SubmitResponse {
    /// The attempt.
    pub attempt: AttemptView,
}

/// Hand in. Idempotent.
#[utoipa::path(
    post,
    path = "/api/v1/exams/attempts/{attempt_id}/submit",
    operation_id = "submit_attempt",
    tag = "attempts",
    params(("attempt_id" = AttemptId, Path)),
    request_body = LeaseRequest,
    responses(
        (status = 200, body = SubmitResponse),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn submit_attempt(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path(attempt_id): Path<AttemptId>,
    Json(body): Json<LeaseRequest>,
) -> ApiResult<Json<SubmitResponse>> {
    let attempt = app::submit_attempt(&service, &actor, attempt_id, body.lease_no).await?;
    Ok(Json(SubmitResponse { attempt }))
}
