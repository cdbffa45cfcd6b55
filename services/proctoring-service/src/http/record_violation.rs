//! `POST /api/v1/proctoring/attempts/{attempt_id}/violations`

use std::sync::Arc;

use authz::AttemptId;
use axum::extract::State;
use foundation::{FieldProblem, Problem, Text};
use http_kit::{ApiResult, Caller, Json, Path};
use proctoring_api::{OwnViolation, SignalId, ViolationKind};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    ProctoringService,
    app::{
        list_own_violations::own,
        record_violation::{self as app, Signal},
    },
};

/// The longest that anything in an attempt can last.
const DURATION_SECONDS_MAX: u32 = 86_400;

/// Something that a candidate's device noticed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordViolationRequest {
    /// Made by the browser once for each thing it notices: sent again, it is recorded once.
    pub signal_id: SignalId,
    /// What was noticed.
    pub kind: ViolationKind,
    /// How long it lasted, in whole seconds, when it was something that lasts.
    #[serde(default)]
    #[schema(maximum = 86_400)]
    pub duration_seconds: Option<u32>,
    /// More about it, for a human. Never what was copied or pasted.
    #[serde(default = "Text::empty")]
    pub detail: Text<0, 500>,
}

/// What became of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecordedViolation {
    /// As it was recorded; null when the attempt has as many violations as are kept, and it was only counted.
    pub violation: Option<OwnViolation>,
}

/// Report something that the device noticed. Whatever the answer, the exam goes on.
#[utoipa::path(
    post,
    path = "/api/v1/proctoring/attempts/{attempt_id}/violations",
    operation_id = "record_violation",
    tag = "proctoring",
    params(("attempt_id" = AttemptId, Path)),
    request_body = RecordViolationRequest,
    responses(
        (status = 200, body = RecordedViolation),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn record_violation(
    State(service): State<Arc<ProctoringService>>,
    Caller(actor): Caller,
    Path(attempt_id): Path<AttemptId>,
    Json(body): Json<RecordViolationRequest>,
) -> ApiResult<Json<RecordedViolation>> {
    if body.duration_seconds.is_some_and(|seconds| seconds > DURATION_SECONDS_MAX) {
        let message = format!("At most {DURATION_SECONDS_MAX} seconds.");
        return Err(Problem::invalid(
            "proctoring.signal_invalid",
            "What was reported can't be; see `errors`.",
            vec![FieldProblem::at("duration_seconds", "range", message)],
        )
        .into());
    }
    let signal = Signal {
        id: body.signal_id,
        kind: body.kind,
        duration_seconds: body.duration_seconds,
        detail: body.detail,
    };
    let violation = app::record_violation(&service, &actor, attempt_id, signal).await?;
    Ok(Json(RecordedViolation { violation: violation.map(own) }))
}
