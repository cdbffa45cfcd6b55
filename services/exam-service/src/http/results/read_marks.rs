//! `GET /api/v1/exams/sittings/{sitting_id}/attempts/{attempt_id}/marks`

use std::sync::Arc;

use authz::{AttemptId, SittingId};
use axum::extract::State;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};

use crate::{
    ExamService,
    app::results::read_marks::{self as app, AttemptMarks},
};

/// The marks of one attempt, each with the reason for it.
#[utoipa::path(
    get,
    path = "/api/v1/exams/sittings/{sitting_id}/attempts/{attempt_id}/marks",
    operation_id = "read_marks",
    tag = "results",
    params(("sitting_id" = SittingId, Path), ("attempt_id" = AttemptId, Path)),
    responses(
        (status = 200, body = AttemptMarks),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn read_marks(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path((sitting_id, attempt_id)): Path<(SittingId, AttemptId)>,
) -> ApiResult<Json<AttemptMarks>> {
    Ok(Json(app::read_marks(&service, &actor, sitting_id, attempt_id).await?))
}
