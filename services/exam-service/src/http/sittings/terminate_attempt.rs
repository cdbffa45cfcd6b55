//! `POST /api/v1/exams/sittings/{sitting_id}/attempts/{attempt_id}/terminate`

use std::sync::Arc;

use authz::{AttemptId, SittingId};
use axum::extract::State;
use foundation::{Problem, Text};
use http_kit::{ApiResult, Caller, Json, Path};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    ExamService,
    app::sittings::{LiveAttempt, terminate_attempt as app},
};

/// Why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TerminateAttemptRequest {
    /// Goes into the audit log.
    pub reason: Text<1, 500>,
}

/// End an attempt now, for a reason that stays on record. What was saved before counts.
#[utoipa::path(
    post,
    path = "/api/v1/exams/sittings/{sitting_id}/attempts/{attempt_id}/terminate",
    operation_id = "terminate_attempt",
    tag = "live",
    params(("sitting_id" = SittingId, Path), ("attempt_id" = AttemptId, Path)),
    request_body = TerminateAttemptRequest,
    responses(
        (status = 200, body = LiveAttempt),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn terminate_attempt(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path((sitting_id, attempt_id)): Path<(SittingId, AttemptId)>,
    Json(body): Json<TerminateAttemptRequest>,
) -> ApiResult<Json<LiveAttempt>> {
    Ok(Json(app::terminate_attempt(&service, &actor, sitting_id, attempt_id, &body.reason).await?))
}
