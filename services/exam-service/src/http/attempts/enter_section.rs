//! `POST /api/v1/exams/attempts/{attempt_id}/sections/{section}/enter`

use std::sync::Arc;

use authz::AttemptId;
use axum::extract::State;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};
use serde::Serialize;
use utoipa::ToSchema;

use super::start_attempt::LeaseRequest;
use crate::{
    ExamService,
    app::attempts::{AttemptView, enter_section as app},
};

/// An attempt, one of whose sections was entered.
#[derive(Debug, Serialize, ToSchema)]
pub struct EnterSectionResponse {
    /// The attempt, with the times of its sections.
    pub attempt: AttemptView,
}

/// Enter a section, counted from 0: from then on its own time runs. Idempotent.
#[utoipa::path(
    post,
    path = "/api/v1/exams/attempts/{attempt_id}/sections/{section}/enter",
    operation_id = "enter_section",
    tag = "attempts",
    params(("attempt_id" = AttemptId, Path), ("section" = u32, Path)),
    request_body = LeaseRequest,
    responses(
        (status = 200, body = EnterSectionResponse),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn enter_section(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path((attempt_id, section)): Path<(AttemptId, u32)>,
    Json(body): Json<LeaseRequest>,
) -> ApiResult<Json<EnterSectionResponse>> {
    let attempt = app::enter_section(&service, &actor, attempt_id, section, body.lease_no).await?;
    Ok(Json(EnterSectionResponse { attempt }))
}
