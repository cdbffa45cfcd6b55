//! `POST /api/v1/proctoring/violations/{violation_id}/judgement`

use std::sync::Arc;

use axum::extract::State;
use foundation::{Problem, Text};
use http_kit::{ApiResult, Caller, Json, Path};
use proctoring_api::{Judgement, Violation, ViolationId};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{ProctoringService, app::judge_violation as app};

/// What a human makes of a violation.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct JudgeViolationRequest {
    /// Whether it was one.
    pub judgement: Judgement,
    /// Why; needed to confirm. Staff read it, the candidate doesn't.
    #[serde(default = "Text::empty")]
    pub note: Text<0, 1_000>,
}

/// Judge a violation. A later judgement replaces an earlier one.
#[utoipa::path(
    post,
    path = "/api/v1/proctoring/violations/{violation_id}/judgement",
    operation_id = "judge_violation",
    tag = "proctoring",
    params(("violation_id" = ViolationId, Path)),
    request_body = JudgeViolationRequest,
    responses(
        (status = 200, body = Violation),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn judge_violation(
    State(service): State<Arc<ProctoringService>>,
    Caller(actor): Caller,
    Path(violation_id): Path<ViolationId>,
    Json(body): Json<JudgeViolationRequest>,
) -> ApiResult<Json<Violation>> {
    let violation = app::judge_violation(&service, &actor, violation_id, body.judgement, &body.note).await?;
    Ok(Json(violation))
}
