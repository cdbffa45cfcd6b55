//! `POST /api/v1/exams/sittings/{sitting_id}/resume`

use std::sync::Arc;

use authz::SittingId;
use axum::extract::State;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};

use crate::{
    ExamService,
    app::sittings::{SittingView, pause_sitting as app},
};

/// Let the clocks of a sitting run again: deadlines and window move by the length of the pause. Idempotent.
#[utoipa::path(
    post,
    path = "/api/v1/exams/sittings/{sitting_id}/resume",
    operation_id = "resume_sitting",
    tag = "live",
    params(("sitting_id" = SittingId, Path)),
    responses(
        (status = 200, body = SittingView),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn resume_sitting(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path(sitting_id): Path<SittingId>,
) -> ApiResult<Json<SittingView>> {
    Ok(Json(app::resume_sitting(&service, &actor, sitting_id).await?))
}
