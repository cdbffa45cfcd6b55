//! `POST /api/v1/exams/sittings/{sitting_id}/outages/{outage_id}/credit`

use std::sync::Arc;

use authz::SittingId;
use axum::extract::State;
use exam_api::OutageId;
use foundation::{Problem, Text};
use http_kit::{ApiResult, Caller, Json, Path};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    ExamService,
    app::sittings::{credit_outage as app, outages::Outage},
};

/// Why the time is given back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreditOutageRequest {
    /// Goes into the audit log.
    pub reason: Text<1, 500>,
}

/// Give the time of an outage back that the sitting doesn't give back by itself: to everybody who was working, to the
/// second. Given back already, it stays as it is.
#[utoipa::path(
    post,
    path = "/api/v1/exams/sittings/{sitting_id}/outages/{outage_id}/credit",
    operation_id = "credit_outage",
    tag = "live",
    params(("sitting_id" = SittingId, Path), ("outage_id" = OutageId, Path)),
    request_body = CreditOutageRequest,
    responses(
        (status = 200, body = Outage),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn credit_outage(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path((sitting_id, outage_id)): Path<(SittingId, OutageId)>,
    Json(body): Json<CreditOutageRequest>,
) -> ApiResult<Json<Outage>> {
    Ok(Json(app::credit_outage(&service, &actor, sitting_id, outage_id, &body.reason).await?))
}
