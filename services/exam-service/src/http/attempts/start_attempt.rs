//! `POST /api/v1/exams/attempts/{attempt_id}/start`

use std::sync::Arc;

use authz::AttemptId;
use axum::extract::State;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    ExamService,
    app::attempts::{
        AttemptView,
        start_attempt::{self as app, Unsealing},
    },
};

/// Which lease acts.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LeaseRequest {
    /// The lease's number, as `open` gave it.
    pub lease_no: i64,
}

/// A started attempt.
#[derive(Debug, Serialize, ToSchema)]
pub struct StartResponse {
    /// The attempt, with its deadline.
    pub attempt: AttemptView,
    /// What makes the candidate's paper out of the sealed one that was fetched ahead. Who has none reads the paper itself.
    pub unseal: Unsealing,
}

/// Start the attempt, or get the same answer again.
#[utoipa::path(
    post,
    path = "/api/v1/exams/attempts/{attempt_id}/start",
    operation_id = "start_attempt",
    tag = "attempts",
    params(("attempt_id" = AttemptId, Path)),
    request_body = LeaseRequest,
    responses(
        (status = 200, body = StartResponse),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn start_attempt(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path(attempt_id): Path<AttemptId>,
    Json(body): Json<LeaseRequest>,
) -> ApiResult<Json<StartResponse>> {
    let (attempt, unseal) = app::start_attempt(&service, &actor, attempt_id, body.lease_no).await?;
    Ok(Json(StartResponse { attempt, unseal }))
}
