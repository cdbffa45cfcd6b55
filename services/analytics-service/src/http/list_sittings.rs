//! `GET /api/v1/analytics/sittings`

use std::sync::Arc;

use analytics_api::{SittingId, SittingOverview};
use axum::extract::State;
use foundation::{Page, PageQuery, Problem};
use http_kit::{ApiResult, Caller, Json, Query};
use serde::Deserialize;

use crate::{AnalyticsService, app::list_sittings as app};

/// How much of the list, from where.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ListQuery {
    /// Sittings wanted: 1 to 200, 50 when left out.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<u32>,
    /// The `next` of the page before; the first page when left out.
    pub after: Option<SittingId>,
}

/// See sittings in numbers, the last scheduled first.
#[utoipa::path(
    get,
    path = "/api/v1/analytics/sittings",
    operation_id = "list_sitting_statistics",
    tag = "analytics",
    params(ListQuery),
    responses(
        (status = 200, body = Page<SittingOverview>),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn list_sitting_statistics(
    State(service): State<Arc<AnalyticsService>>,
    Caller(actor): Caller,
    Query(query): Query<ListQuery>,
) -> ApiResult<Json<Page<SittingOverview>>> {
    let limit = PageQuery { limit: query.limit, after: None }.limit();
    Ok(Json(app::list_sittings(&service, &actor, query.after, limit).await?))
}
