//! `POST /api/v1/exams/sittings/{sitting_id}/attempts/{attempt_id}/pause`

use std::sync::Arc;

use authz::{AttemptId, SittingId};
use axum::extract::State;
use foundation::{Problem, Text};
use http_kit::{ApiResult, Caller, Json, Path};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    ExamService,
    app::sittings::{LiveAttempt, pause_attempt as app},
};

/// Why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PauseAttemptRequest {
    /// Goes into the audit log.
    pub reason: Text<1, 500>,
}

/// Stop the clock of one attempt, for a reason that stays on record. Idempotent.
#[utoipa::path(
    post,
    path = "/api/v1/exams/sittings/{sitting_id}/attempts/{attempt_id}/pause",
    operation_id = "pause_attempt",
    tag = "live",
    params(("sitting_id" = SittingId, Path), ("attempt_id" = AttemptId, Path)),
    request_body = PauseAttemptRequest,
    responses(
        (status = 200, body = LiveAttempt),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn pause_attempt(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path((sitting_id, attempt_id)): Path<(SittingId, AttemptId)>,
    Json(body): Json<PauseAttemptRequest>,
) -> ApiResult<Json<LiveAttempt>> {
    Ok(Json(app::pause_attempt(&service, &actor, sitting_id, attempt_id, &body.reason).await?))
}
