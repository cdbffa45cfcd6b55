//! `GET /api/v1/analytics/sittings/{sitting_id}`

use std::sync::Arc;

use analytics_api::{SittingId, SittingStatistics};
use axum::extract::State;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};

use crate::{AnalyticsService, app::read_statistics as app};

/// See how far a sitting is, and how its scores are distributed.
#[utoipa::path(
    get,
    path = "/api/v1/analytics/sittings/{sitting_id}",
    operation_id = "read_sitting_statistics",
    tag = "analytics",
    params(("sitting_id" = SittingId, Path)),
    responses(
        (status = 200, body = SittingStatistics),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn read_sitting_statistics(
    State(service): State<Arc<AnalyticsService>>,
    Caller(actor): Caller,
    Path(sitting_id): Path<SittingId>,
) -> ApiResult<Json<SittingStatistics>> {
    Ok(Json(app::read_statistics(&service, &actor, sitting_id).await?))
}
