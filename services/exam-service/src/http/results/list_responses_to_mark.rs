//! `GET /api/v1/exams/sittings/{sitting_id}/marking/{question_id}`

use std::sync::Arc;

use authz::SittingId;
use axum::extract::State;
use foundation::{PageQuery, Problem};
use http_kit::{ApiResult, Caller, Json, Path, Query};
use question_model::QuestionVersionId;
use serde::Deserialize;

use crate::{
    ExamService,
    app::results::list_responses_to_mark::{self as app, ResponsesToMark},
};

/// Which responses to list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListResponsesToMarkQuery {
    /// Items wanted: 1 to 200, 50 when left out.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<u32>,
    /// The `next` of the page before; the first page when left out.
    pub after: Option<String>,
    /// True for those alone that still wait.
    #[serde(default)]
    pub waiting: bool,
}

/// The responses to one question that people mark, without names, in an order of chance.
#[utoipa::path(
    get,
    path = "/api/v1/exams/sittings/{sitting_id}/marking/{question_id}",
    operation_id = "list_responses_to_mark",
    tag = "marking",
    params(("sitting_id" = SittingId, Path), ("question_id" = QuestionVersionId, Path), ListResponsesToMarkQuery),
    responses(
        (status = 200, body = ResponsesToMark),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn list_responses_to_mark(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path((sitting_id, question_id)): Path<(SittingId, QuestionVersionId)>,
    Query(query): Query<ListResponsesToMarkQuery>,
) -> ApiResult<Json<ResponsesToMark>> {
    let page = PageQuery { limit: query.limit, after: query.after };
    Ok(Json(
        app::list_responses_to_mark(&service, &actor, sitting_id, question_id, query.waiting, &page).await?,
    ))
}
