//! `POST /api/v1/exams/sittings/{sitting_id}/attempts/{attempt_id}/resume`

use std::sync::Arc;

use authz::{AttemptId, SittingId};
use axum::extract::State;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};

use crate::{
    ExamService,
    app::sittings::{LiveAttempt, pause_attempt as app},
};

/// Let the clock of one attempt run again: its deadline moves by the length of the pause. Idempotent.
#[utoipa::path(
    post,
    path = "/api/v1/exams/sittings/{sitting_id}/attempts/{attempt_id}/resume",
    operation_id = "resume_attempt",
    tag = "live",
    params(("sitting_id" = SittingId, Path), ("attempt_id" = AttemptId, Path)),
    responses(
        (status = 200, body = LiveAttempt),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn resume_attempt(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path((sitting_id, attempt_id)): Path<(SittingId, AttemptId)>,
) -> ApiResult<Json<LiveAttempt>> {
    Ok(Json(app::resume_attempt(&service, &actor, sitting_id, attempt_id).await?))
}
