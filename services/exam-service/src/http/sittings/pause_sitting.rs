//! `POST /api/v1/exams/sittings/{sitting_id}/pause`

use std::sync::Arc;

use authz::SittingId;
use axum::extract::State;
use foundation::{Problem, Text};
use http_kit::{ApiResult, Caller, Json, Path};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    ExamService,
    app::sittings::{SittingView, pause_sitting as app},
};

/// Why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PauseSittingRequest {
    /// Goes into the audit log.
    pub reason: Text<1, 500>,
}

/// Stop the clocks of a whole sitting, for a reason that stays on record; nobody starts meanwhile. Idempotent.
#[utoipa::path(
    post,
    path = "/api/v1/exams/sittings/{sitting_id}/pause",
    operation_id = "pause_sitting",
    tag = "live",
    params(("sitting_id" = SittingId, Path)),
    request_body = PauseSittingRequest,
    responses(
        (status = 200, body = SittingView),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn pause_sitting(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path(sitting_id): Path<SittingId>,
    Json(body): Json<PauseSittingRequest>,
) -> ApiResult<Json<SittingView>> {
    Ok(Json(app::pause_sitting(&service, &actor, sitting_id, &body.reason).await?))
}
