//! `GET /api/v1/questions/{question_id}`

use std::sync::Arc;

use axum::extract::State;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};
use question_api::QuestionId;

use crate::{
    QuestionService,
    app::questions::{QuestionView, read_question as app},
};

/// A question in its newest version, with its key: for authors.
#[utoipa::path(
    get,
    path = "/api/v1/questions/{question_id}",
    operation_id = "read_question",
    tag = "questions",
    params(("question_id" = QuestionId, Path)),
    responses(
        (status = 200, body = QuestionView),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn read_question(
    State(service): State<Arc<QuestionService>>,
    Caller(actor): Caller,
    Path(question_id): Path<QuestionId>,
) -> ApiResult<Json<QuestionView>> {
    Ok(Json(app::read_question(&service, &actor, question_id).await?))
}
