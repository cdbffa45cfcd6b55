//! `GET /api/v1/exams/sittings/{sitting_id}/outages`

use std::sync::Arc;

use authz::SittingId;
use axum::extract::State;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    ExamService,
    app::sittings::outages::{self as app, Outage},
};

/// When answers of a sitting could not be taken in.
#[derive(Debug, Serialize, ToSchema)]
pub struct OutagesResponse {
    /// The newest 200, the newest first.
    pub outages: Vec<Outage>,
}

/// When answers of a sitting could not be taken in, as measured, and what it did about it.
#[utoipa::path(
    get,
    path = "/api/v1/exams/sittings/{sitting_id}/outages",
    operation_id = "list_outages",
    tag = "live",
    params(("sitting_id" = SittingId, Path)),
    responses(
        (status = 200, body = OutagesResponse),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn list_outages(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path(sitting_id): Path<SittingId>,
) -> ApiResult<Json<OutagesResponse>> {
    Ok(Json(OutagesResponse { outages: app::list_outages(&service, &actor, sitting_id).await? }))
}
