//! `POST /api/v1/exams/sittings/{sitting_id}/attempts/{attempt_id}/late-entries/admit`

use std::sync::Arc;

use authz::{AttemptId, SittingId};
use axum::extract::State;
use foundation::{Problem, Text};
use http_kit::{ApiResult, Caller, Json, Path};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    ExamService,
    app::sittings::late_entries::{self as app, LateEntriesAdmitted},
};

/// Why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AdmitLateEntriesRequest {
    /// Goes into the audit log.
    pub reason: Text<1, 500>,
}

/// Let everything count that came late or went back, and mark the attempt anew.
#[utoipa::path(
    post,
    path = "/api/v1/exams/sittings/{sitting_id}/attempts/{attempt_id}/late-entries/admit",
    operation_id = "admit_late_entries",
    tag = "live",
    params(("sitting_id" = SittingId, Path), ("attempt_id" = AttemptId, Path)),
    request_body = AdmitLateEntriesRequest,
    responses(
        (status = 200, body = LateEntriesAdmitted),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn admit_late_entries(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path((sitting_id, attempt_id)): Path<(SittingId, AttemptId)>,
    Json(body): Json<AdmitLateEntriesRequest>,
) -> ApiResult<Json<LateEntriesAdmitted>> {
    Ok(Json(app::admit_late_entries(&service, &actor, sitting_id, attempt_id, &body.reason).await?))
}
