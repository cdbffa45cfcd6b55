//! `GET /api/v1/exams`

use std::sync::Arc;

use axum::extract::State;
use foundation::{Page, PageQuery, Problem};
use http_kit::{ApiResult, Caller, Json, Query};
use serde::Deserialize;

use crate::{
    ExamService,
    app::exams::{ExamSummary, list_exams as app},
    store::exams::ExamFilter,
};

/// Which exams to list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListExamsQuery {
    /// Items wanted: 1 to 200, 50 when left out.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<u32>,
    /// The `next` of the page before; the first page when left out.
    pub after: Option<String>,
    /// Only exams whose title holds this text.
    pub search: Option<String>,
    /// True for the exams that were put away instead.
    #[serde(default)]
    pub archived: bool,
}

/// The exams of one's units, newest first.
#[utoipa::path(
    get,
    path = "/api/v1/exams",
    operation_id = "list_exams",
    tag = "exams",
    params(ListExamsQuery),
    responses(
        (status = 200, body = Page<ExamSummary>),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn list_exams(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Query(query): Query<ListExamsQuery>,
) -> ApiResult<Json<Page<ExamSummary>>> {
    let filter = ExamFilter { archived: query.archived, search: query.search };
    let page = PageQuery { limit: query.limit, after: query.after };
    Ok(Json(app::list_exams(&service, &actor, &filter, &page).await?))
}
