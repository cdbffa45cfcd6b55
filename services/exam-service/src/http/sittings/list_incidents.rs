//! `GET /api/v1/exams/sittings/{sitting_id}/incidents`

use std::sync::Arc;

use authz::SittingId;
use axum::extract::State;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    ExamService,
    app::sittings::incidents::{self as app, Incident},
};

/// What happened in a sitting.
#[derive(Debug, Serialize, ToSchema)]
pub struct IncidentsResponse {
    /// The newest 200, the newest first.
    pub incidents: Vec<Incident>,
}

/// What happened in a sitting so far, and what it credited.
#[utoipa::path(
    get,
    path = "/api/v1/exams/sittings/{sitting_id}/incidents",
    operation_id = "list_incidents",
    tag = "live",
    params(("sitting_id" = SittingId, Path)),
    responses(
        (status = 200, body = IncidentsResponse),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn list_incidents(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path(sitting_id): Path<SittingId>,
) -> ApiResult<Json<IncidentsResponse>> {
    Ok(Json(IncidentsResponse { incidents: app::list_incidents(&service, &actor, sitting_id).await? }))
}
