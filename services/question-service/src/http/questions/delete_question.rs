//! `DELETE /api/v1/questions/{question_id}`

use std::sync::Arc;

use axum::{extract::State, http::StatusCode};
use foundation::Problem;
use http_kit::{ApiResult, Caller, Path};
use question_api::QuestionId;

use crate::{QuestionService, app::questions::delete_question as app};

/// Deletes a question that never was ready.
#[utoipa::path(
    delete,
    path = "/api/v1/questions/{question_id}",
    operation_id = "delete_question",
    tag = "questions",
    params(("question_id" = QuestionId, Path)),
    responses(
        (status = 204),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn delete_question(
    State(service): State<Arc<QuestionService>>,
    Caller(actor): Caller,
    Path(question_id): Path<QuestionId>,
) -> ApiResult<StatusCode> {
    app::delete_question(&service, &actor, question_id).await?;
    Ok(StatusCode::NO_CONTENT)
}
