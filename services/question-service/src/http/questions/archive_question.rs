//! `POST /api/v1/questions/{question_id}/archive`

use std::sync::Arc;

use axum::extract::State;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};
use question_api::QuestionId;

use crate::{
    QuestionService,
    app::questions::{QuestionView, archive_question as app},
};

/// Puts a question away: no list shows it and no draw takes it; what stands in papers stays.
#[utoipa::path(
    post,
    path = "/api/v1/questions/{question_id}/archive",
    operation_id = "archive_question",
    tag = "questions",
    params(("question_id" = QuestionId, Path)),
    responses(
        (status = 200, body = QuestionView),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn archive_question(
    State(service): State<Arc<QuestionService>>,
    Caller(actor): Caller,
    Path(question_id): Path<QuestionId>,
) -> ApiResult<Json<QuestionView>> {
    Ok(Json(app::archive_question(&service, &actor, question_id, true).await?))
}
