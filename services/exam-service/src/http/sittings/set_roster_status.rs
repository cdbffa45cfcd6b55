//! `PUT /api/v1/exams/sittings/{sitting_id}/roster/{attempt_id}`

use std::sync::Arc;

use authz::{AttemptId, SittingId};
use axum::extract::State;
use foundation::{Problem, Text};
use http_kit::{ApiResult, Caller, Json, Path};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    ExamService,
    app::sittings::{list_roster::RosterEntry, set_roster_status as app},
    domain::attempt::RosterStatus,
};

/// What to say of a candidate's place.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetRosterStatusRequest {
    /// Expected, deferred or withdrawn.
    pub status: RosterStatus,
    /// Goes into the audit log.
    #[serde(default)]
    pub reason: Option<Text<1, 500>>,
}

/// Defer or withdraw a candidate, or expect them again. Not once they have started.
#[utoipa::path(
    put,
    path = "/api/v1/exams/sittings/{sitting_id}/roster/{attempt_id}",
    operation_id = "set_roster_status",
    tag = "roster",
    params(("sitting_id" = SittingId, Path), ("attempt_id" = AttemptId, Path)),
    request_body = SetRosterStatusRequest,
    responses(
        (status = 200, body = RosterEntry),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn set_roster_status(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path((sitting_id, attempt_id)): Path<(SittingId, AttemptId)>,
    Json(body): Json<SetRosterStatusRequest>,
) -> ApiResult<Json<RosterEntry>> {
    Ok(Json(
        app::set_roster_status(&service, &actor, sitting_id, attempt_id, body.status, body.reason.as_ref())
            .await?,
    ))
}
