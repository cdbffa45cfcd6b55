//! `GET /api/v1/exams/attempts/{attempt_id}/review`

use std::sync::Arc;

use authz::AttemptId;
use axum::extract::State;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};

use crate::{
    ExamService,
    app::results::read_review::{self as app, ReviewAnswer},
};

/// What the release policy shows of one's own marked attempt.
#[utoipa::path(
    get,
    path = "/api/v1/exams/attempts/{attempt_id}/review",
    operation_id = "read_review",
    tag = "results",
    params(("attempt_id" = AttemptId, Path)),
    responses(
        (status = 200, body = ReviewAnswer),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn read_review(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path(attempt_id): Path<AttemptId>,
) -> ApiResult<Json<ReviewAnswer>> {
    Ok(Json(app::read_review(&service, &actor, attempt_id).await?))
}
