//! `GET /api/v1/exams/attempts/{attempt_id}`

use std::sync::Arc;

use authz::AttemptId;
use axum::extract::State;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};

use crate::{
    ExamService,
    app::attempts::{AttemptView, read_attempt as app},
};

/// The attempt of the ticket.
#[utoipa::path(
    get,
    path = "/api/v1/exams/attempts/{attempt_id}",
    operation_id = "read_attempt",
    tag = "attempts",
    params(("attempt_id" = AttemptId, Path)),
    responses(
        (status = 200, body = AttemptView),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn read_attempt(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path(attempt_id): Path<AttemptId>,
) -> ApiResult<Json<AttemptView>> {
    Ok(Json(app::read_attempt(&service, &actor, attempt_id).await?))
}
