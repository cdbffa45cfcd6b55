//! `POST /api/v1/exams/sittings/{sitting_id}/cancel`

use std::sync::Arc;

use authz::SittingId;
use axum::extract::State;
use foundation::{Problem, Text};
use http_kit::{ApiResult, Caller, Json, Path};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    ExamService,
    app::sittings::{SittingView, cancel_sitting as app},
};

/// Why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CancelSittingRequest {
    /// Goes into the audit log.
    pub reason: Text<1, 500>,
}

/// Call a sitting off that nobody has started.
#[utoipa::path(
    post,
    path = "/api/v1/exams/sittings/{sitting_id}/cancel",
    operation_id = "cancel_sitting",
    tag = "sittings",
    params(("sitting_id" = SittingId, Path)),
    request_body = CancelSittingRequest,
    responses(
        (status = 200, body = SittingView),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn cancel_sitting(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path(sitting_id): Path<SittingId>,
    Json(body): Json<CancelSittingRequest>,
) -> ApiResult<Json<SittingView>> {
    Ok(Json(app::cancel_sitting(&service, &actor, sitting_id, &body.reason).await?))
}
