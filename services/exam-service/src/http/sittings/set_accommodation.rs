//! `PUT /api/v1/exams/sittings/{sitting_id}/attempts/{attempt_id}/accommodation`

use std::sync::Arc;

use authz::{AttemptId, SittingId};
use axum::extract::State;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    ExamService,
    app::sittings::{
        list_roster::RosterEntry,
        set_accommodation::{self as app, Extra},
    },
};

/// Extra time by accommodation.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetAccommodationRequest {
    /// Percent of the duration, 0 to 300.
    #[serde(default)]
    #[schema(maximum = 300)]
    pub extra_percent: u32,
    /// Minutes, 0 to 1,440.
    #[serde(default)]
    #[schema(maximum = 1440)]
    pub extra_minutes: u32,
    /// Whether to remember it for the person: attempts that are made for them later get it too.
    #[serde(default)]
    pub standing: bool,
}

/// Set the extra time that a candidate has by accommodation. An attempt that runs gets its new deadline at once.
#[utoipa::path(
    put,
    path = "/api/v1/exams/sittings/{sitting_id}/attempts/{attempt_id}/accommodation",
    operation_id = "set_accommodation",
    tag = "roster",
    params(("sitting_id" = SittingId, Path), ("attempt_id" = AttemptId, Path)),
    request_body = SetAccommodationRequest,
    responses(
        (status = 200, body = RosterEntry),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn set_accommodation(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path((sitting_id, attempt_id)): Path<(SittingId, AttemptId)>,
    Json(body): Json<SetAccommodationRequest>,
) -> ApiResult<Json<RosterEntry>> {
    let extra = Extra { percent: body.extra_percent, minutes: body.extra_minutes };
    Ok(Json(app::set_accommodation(&service, &actor, sitting_id, attempt_id, extra, body.standing).await?))
}
