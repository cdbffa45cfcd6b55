//! `GET /api/v1/exams/attempts/{attempt_id}/paper`

use std::sync::Arc;

use authz::AttemptId;
use axum::extract::State;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};

use crate::{ExamService, app::attempts::read_paper as app, domain::paper::CandidatePaper};

/// The paper of a started attempt.
#[utoipa::path(
    get,
    path = "/api/v1/exams/attempts/{attempt_id}/paper",
    operation_id = "read_paper",
    tag = "attempts",
    params(("attempt_id" = AttemptId, Path)),
    responses(
        (status = 200, body = CandidatePaper),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn read_paper(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path(attempt_id): Path<AttemptId>,
) -> ApiResult<Json<CandidatePaper>> {
    Ok(Json(app::read_paper(&service, &actor, attempt_id).await?))
}
