//! `GET /api/v1/exams/sittings`

use std::sync::Arc;

use axum::extract::State;
use exam_api::ExamId;
use foundation::{Page, PageQuery, Problem};
use http_kit::{ApiResult, Caller, Json, Query};
use serde::Deserialize;

use crate::{
    ExamService,
    app::sittings::{SittingView, list_sittings as app},
};

/// Which sittings to list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListSittingsQuery {
    /// Items wanted: 1 to 200, 50 when left out.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<u32>,
    /// The `next` of the page before; the first page when left out.
    pub after: Option<String>,
    /// Only sittings of this exam.
    pub exam_id: Option<ExamId>,
}

/// The sittings of one's units, the latest opening first.
#[utoipa::path(
    get,
    path = "/api/v1/exams/sittings",
    operation_id = "list_sittings",
    tag = "sittings",
    params(ListSittingsQuery),
    responses(
        (status = 200, body = Page<SittingView>),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn list_sittings(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Query(query): Query<ListSittingsQuery>,
) -> ApiResult<Json<Page<SittingView>>> {
    let page = PageQuery { limit: query.limit, after: query.after };
    Ok(Json(app::list_sittings(&service, &actor, query.exam_id, &page).await?))
}
