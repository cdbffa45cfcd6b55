//! `GET /api/v1/questions/{question_id}/diff`

use std::sync::Arc;

use axum::extract::State;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path, Query};
use question_api::QuestionId;
use serde::Deserialize;

use crate::{
    QuestionService,
    app::questions::diff_versions::{self as app, VersionDiff},
};

/// Which versions to compare.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DiffQuery {
    /// From this one; the one before `to` when left out.
    from: Option<i64>,
    /// To this one; the newest when left out.
    to: Option<i64>,
}

/// What changed between two versions, word by word.
#[utoipa::path(
    get,
    path = "/api/v1/questions/{question_id}/diff",
    operation_id = "diff_question_versions",
    tag = "questions",
    params(("question_id" = QuestionId, Path), DiffQuery),
    responses(
        (status = 200, body = VersionDiff),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn diff_question_versions(
    State(service): State<Arc<QuestionService>>,
    Caller(actor): Caller,
    Path(question_id): Path<QuestionId>,
    Query(query): Query<DiffQuery>,
) -> ApiResult<Json<VersionDiff>> {
    Ok(Json(app::diff_versions(&service, &actor, question_id, query.from, query.to).await?))
}
