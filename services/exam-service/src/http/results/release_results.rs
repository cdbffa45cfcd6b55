//! `POST /api/v1/exams/sittings/{sitting_id}/release`

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

/// Whether to release before everything is marked.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReleaseResultsRequest {
    /// Release while attempts run or wait to be marked; needs a reason.
    #[serde(default)]
    pub force: bool,
    /// Goes into the audit log.
    #[serde(default)]
    pub reason: Option<Text<1, 500>>,
}

/// Release the results to the candidates. Refused while anything waits to be marked, unless forced for a reason.
#[utoipa::path(
    post,
    path = "/api/v1/exams/sittings/{sitting_id}/release",
    operation_id = "release_results",
    tag = "results",
    params(("sitting_id" = SittingId, Path)),
    request_body = ReleaseResultsRequest,
    responses(
        (status = 200, body = ReleaseState),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn release_results(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path(sitting_id): Path<SittingId>,
    Json(body): Json<ReleaseResultsRequest>,
) -> ApiResult<Json<ReleaseState>> {
    Ok(Json(app::release_results(&service, &actor, sitting_id, body.force, body.reason.as_ref()).await?))
}
