//! `GET /api/v1/questions/{question_id}/versions`

use std::sync::Arc;

use axum::extract::State;
use foundation::{Page, PageQuery, Problem};
use http_kit::{ApiResult, Caller, Json, Path, Query};
use question_api::QuestionId;

use crate::{
    QuestionService,
    app::questions::{VersionSummary, list_versions as app},
};

/// The versions of a question, newest first.
#[utoipa::path(
    get,
    path = "/api/v1/questions/{question_id}/versions",
    operation_id = "list_question_versions",
    tag = "questions",
    params(("question_id" = QuestionId, Path), PageQuery),
    responses(
        (status = 200, body = Page<VersionSummary>),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn list_question_versions(
    State(service): State<Arc<QuestionService>>,
    Caller(actor): Caller,
    Path(question_id): Path<QuestionId>,
    Query(page): Query<PageQuery>,
) -> ApiResult<Json<Page<VersionSummary>>> {
    Ok(Json(app::list_versions(&service, &actor, question_id, &page).await?))
}
