//! `POST /api/v1/exams/sittings/{sitting_id}/attempts/{attempt_id}/allow-move`

use std::sync::Arc;

use authz::{AttemptId, SittingId};
use axum::extract::State;
use foundation::{Problem, Text};
use http_kit::{ApiResult, Caller, Json, Path};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    ExamService,
    app::sittings::{LiveAttempt, allow_move as app},
};

/// Why, if there is something to say.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AllowMoveRequest {
    /// Goes into the audit log.
    #[serde(default)]
    pub reason: Option<Text<1, 500>>,
}

/// Let a running attempt move to another device: the one that asks for it, or the first one that will.
#[utoipa::path(
    post,
    path = "/api/v1/exams/sittings/{sitting_id}/attempts/{attempt_id}/allow-move",
    operation_id = "allow_move",
    tag = "live",
    params(("sitting_id" = SittingId, Path), ("attempt_id" = AttemptId, Path)),
    request_body = AllowMoveRequest,
    responses(
        (status = 200, body = LiveAttempt),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn allow_move(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path((sitting_id, attempt_id)): Path<(SittingId, AttemptId)>,
    Json(body): Json<AllowMoveRequest>,
) -> ApiResult<Json<LiveAttempt>> {
    Ok(Json(app::allow_move(&service, &actor, sitting_id, attempt_id, body.reason.as_ref()).await?))
}
