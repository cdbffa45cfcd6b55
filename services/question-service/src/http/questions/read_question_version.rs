//! `GET /api/v1/questions/{question_id}/versions/{number}`

use std::sync::Arc;

use axum::extract::State;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};
use question_api::QuestionId;

use crate::{
    QuestionService,
    app::questions::{VersionView, read_version as app},
};

/// One version of a question, with its key: for authors.
#[utoipa::path(
    get,
    path = "/api/v1/questions/{question_id}/versions/{number}",
    operation_id = "read_question_version",
    tag = "questions",
    params(("question_id" = QuestionId, Path), ("number" = i64, Path)),
    responses(
        (status = 200, body = VersionView),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn read_question_version(
    State(service): State<Arc<QuestionService>>,
    Caller(actor): Caller,
    Path((question_id, number)): Path<(QuestionId, i64)>,
) -> ApiResult<Json<VersionView>> {
    Ok(Json(app::read_version(&service, &actor, question_id, number).await?))
}
