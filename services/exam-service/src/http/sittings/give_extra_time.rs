//! `POST /api/v1/exams/sittings/{sitting_id}/attempts/{attempt_id}/extra-time`

use std::sync::Arc;

use authz::{AttemptId, SittingId};
use axum::extract::State;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};

use super::give_extra_time_to_all::ExtraTimeRequest;
use crate::{
    ExamService,
    app::sittings::{LiveAttempt, give_extra_time as app},
};

/// Give one candidate more time, at once. An attempt that time alone has closed opens again.
#[utoipa::path(
    post,
    path = "/api/v1/exams/sittings/{sitting_id}/attempts/{attempt_id}/extra-time",
    operation_id = "give_extra_time",
    tag = "live",
    params(("sitting_id" = SittingId, Path), ("attempt_id" = AttemptId, Path)),
    request_body = ExtraTimeRequest,
    responses(
        (status = 200, body = LiveAttempt),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn give_extra_time(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path((sitting_id, attempt_id)): Path<(SittingId, AttemptId)>,
    Json(body): Json<ExtraTimeRequest>,
) -> ApiResult<Json<LiveAttempt>> {
    Ok(Json(app::give_to_one(&service, &actor, sitting_id, attempt_id, body.minutes, &body.reason).await?))
}
