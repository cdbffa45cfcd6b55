//! `POST /api/v1/questions/{question_id}/versions/{number}/restore`

use std::sync::Arc;

use axum::extract::State;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};
use question_api::QuestionId;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    QuestionService,
    app::questions::{QuestionView, restore_version as app},
};

/// Over which version to restore.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RestoreVersionRequest {
    /// The newest version that its author saw.
    version: i64,
}

/// Makes what an earlier version says the newest version again.
#[utoipa::path(
    post,
    path = "/api/v1/questions/{question_id}/versions/{number}/restore",
    operation_id = "restore_question_version",
    tag = "questions",
    params(("question_id" = QuestionId, Path), ("number" = i64, Path)),
    request_body = RestoreVersionRequest,
    responses(
        (status = 200, body = QuestionView),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn restore_question_version(
    State(service): State<Arc<QuestionService>>,
    Caller(actor): Caller,
    Path((question_id, number)): Path<(QuestionId, i64)>,
    Json(body): Json<RestoreVersionRequest>,
) -> ApiResult<Json<QuestionView>> {
    Ok(Json(app::restore_version(&service, &actor, question_id, number, body.version).await?))
}
