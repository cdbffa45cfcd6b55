//! `POST /api/v1/exams/attempts/{attempt_id}/stalls`

use std::sync::Arc;

use authz::AttemptId;
use axum::{extract::State, http::StatusCode};
use foundation::{Instant, Problem};
use http_kit::{ApiResult, Caller, Json, Path};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{ExamService, app::attempts::report_stalls as app, domain::stall::Stall};

/// When a player reached no server.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StallsRequest {
    /// The lease of the player.
    pub lease_no: i64,
    /// 1 to 20 stalls.
    pub stalls: Vec<SentStall>,
}

/// A time in which a player reached no server, by the server's clock as the player knows it.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SentStall {
    /// From when.
    pub from: Instant,
    /// Until when.
    pub until: Instant,
}

/// Say when the player reached no server. Evidence for who decides about more time; nothing follows from it by itself.
#[utoipa::path(
    post,
    path = "/api/v1/exams/attempts/{attempt_id}/stalls",
    operation_id = "report_stalls",
    tag = "attempts",
    params(("attempt_id" = AttemptId, Path)),
    request_body = StallsRequest,
    responses(
        (status = 204, description = "Kept, or known already."),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn report_stalls(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path(attempt_id): Path<AttemptId>,
    Json(body): Json<StallsRequest>,
) -> ApiResult<StatusCode> {
    let stalls = body.stalls.into_iter().map(|SentStall { from, until }| Stall { from, until }).collect();
    app::report_stalls(&service, &actor, attempt_id, body.lease_no, stalls).await?;
    Ok(StatusCode::NO_CONTENT)
}
