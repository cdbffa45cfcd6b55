//! `POST /api/v1/exams/attempts/{attempt_id}/seen`

use std::sync::Arc;

use authz::AttemptId;
use axum::{extract::State, http::StatusCode};
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{ExamService, app::attempts::see_changes as app};

/// What a player shows.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SeenRequest {
    /// The lease of the player.
    pub lease_no: i64,
    /// The version of the attempt that is on the screen.
    pub version: i64,
}

/// Say which version of the attempt is on the screen: those who watch over the sitting see that a change has arrived.
#[utoipa::path(
    post,
    path = "/api/v1/exams/attempts/{attempt_id}/seen",
    operation_id = "see_changes",
    tag = "attempts",
    params(("attempt_id" = AttemptId, Path)),
    request_body = SeenRequest,
    responses(
        (status = 204, description = "Noted."),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn see_changes(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path(attempt_id): Path<AttemptId>,
    Json(body): Json<SeenRequest>,
) -> ApiResult<StatusCode> {
    app::see_changes(&service, &actor, attempt_id, body.lease_no, body.version).await?;
    Ok(StatusCode::NO_CONTENT)
}
