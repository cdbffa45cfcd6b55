//! `POST /api/v1/exams/sittings/{sitting_id}/withdraw-release`

use std::sync::Arc;

use authz::SittingId;
use axum::extract::State;
use foundation::{Problem, Text};
use http_kit::{ApiResult, Caller, Json, Path};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    ExamService,
    app::results::release_results::{self as app, ReleaseState},
};

/// Why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawReleaseRequest {
    /// Goes into the audit log.
    pub reason: Text<1, 500>,
}

/// Take the release back: candidates see nothing of their results any more.
#[utoipa::path(
    post,
    path = "/api/v1/exams/sittings/{sitting_id}/withdraw-release",
    operation_id = "withdraw_release",
    tag = "results",
    params(("sitting_id" = SittingId, Path)),
    request_body = WithdrawReleaseRequest,
    responses(
        (status = 200, body = ReleaseState),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn withdraw_release(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path(sitting_id): Path<SittingId>,
    Json(body): Json<WithdrawReleaseRequest>,
) -> ApiResult<Json<ReleaseState>> {
    Ok(Json(app::withdraw_release(&service, &actor, sitting_id, &body.reason).await?))
}
