//! `POST /api/v1/exams/sittings/{sitting_id}/extra-time`

use std::sync::Arc;

use authz::SittingId;
use axum::extract::State;
use foundation::{Problem, Text};
use http_kit::{ApiResult, Caller, Json, Path};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    ExamService,
    app::sittings::give_extra_time::{self as app, ExtraTimeGiven},
};

/// How much time, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExtraTimeRequest {
    /// 1 to 600 minutes; a negative number takes back what was given by mistake.
    pub minutes: i64,
    /// Goes into the audit log.
    pub reason: Text<1, 500>,
}

/// Give everybody more time, at once. Attempts that time alone has closed open again where it leaves time for them.
#[utoipa::path(
    post,
    path = "/api/v1/exams/sittings/{sitting_id}/extra-time",
    operation_id = "give_extra_time_to_all",
    tag = "live",
    params(("sitting_id" = SittingId, Path)),
    request_body = ExtraTimeRequest,
    responses(
        (status = 200, body = ExtraTimeGiven),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn give_extra_time_to_all(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path(sitting_id): Path<SittingId>,
    Json(body): Json<ExtraTimeRequest>,
) -> ApiResult<Json<ExtraTimeGiven>> {
    Ok(Json(app::give_to_all(&service, &actor, sitting_id, body.minutes, &body.reason).await?))
}
