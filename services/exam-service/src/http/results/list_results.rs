//! `GET /api/v1/exams/sittings/{sitting_id}/results`

use std::sync::Arc;

use authz::SittingId;
use axum::extract::State;
use foundation::{PageQuery, Problem};
use http_kit::{ApiResult, Caller, Json, Path, Query};
use serde::Deserialize;

use crate::{
    ExamService,
    app::results::list_results::{self as app, ResultList},
};

/// Whose results to list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListResultsQuery {
    /// Items wanted: 1 to 200, 50 when left out.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<u32>,
    /// The `next` of the page before; the first page when left out.
    pub after: Option<String>,
    /// Only candidates whose number or name holds this text.
    pub search: Option<String>,
}

/// A sitting's scores by candidate number, and all of them at a glance.
#[utoipa::path(
    get,
    path = "/api/v1/exams/sittings/{sitting_id}/results",
    operation_id = "list_results",
    tag = "results",
    params(("sitting_id" = SittingId, Path), ListResultsQuery),
    responses(
        (status = 200, body = ResultList),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn list_results(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path(sitting_id): Path<SittingId>,
    Query(query): Query<ListResultsQuery>,
) -> ApiResult<Json<ResultList>> {
    let page = PageQuery { limit: query.limit, after: query.after };
    Ok(Json(app::list_results(&service, &actor, sitting_id, query.search, &page).await?))
}
