//! `POST /api/v1/exams/sittings/{sitting_id}/incidents`

use std::sync::Arc;

use authz::SittingId;
use axum::{extract::State, http::StatusCode};
use foundation::{Problem, Text};
use http_kit::{ApiResult, Caller, Json, Path};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    ExamService,
    app::sittings::incidents::{self as app, Incident},
};

/// What happened, and what it credits.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportIncidentRequest {
    /// The room; left out for the whole sitting.
    #[serde(default)]
    pub room: Option<Text<1, 100>>,
    /// 1 to 600 minutes for everybody there who is working.
    pub minutes: i64,
    /// What happened: goes into the audit log, and candidates read it beside their time.
    pub reason: Text<1, 500>,
}

/// Report something that happened in a room: everybody there who is working gets the time, at once. Only ever added.
#[utoipa::path(
    post,
    path = "/api/v1/exams/sittings/{sitting_id}/incidents",
    operation_id = "report_incident",
    tag = "live",
    params(("sitting_id" = SittingId, Path)),
    request_body = ReportIncidentRequest,
    responses(
        (status = 201, body = Incident),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn report_incident(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path(sitting_id): Path<SittingId>,
    Json(body): Json<ReportIncidentRequest>,
) -> ApiResult<(StatusCode, Json<Incident>)> {
    let ReportIncidentRequest { room, minutes, reason } = body;
    let incident =
        app::report_incident(&service, &actor, sitting_id, room.as_ref(), minutes, &reason).await?;
    Ok((StatusCode::CREATED, Json(incident)))
}
