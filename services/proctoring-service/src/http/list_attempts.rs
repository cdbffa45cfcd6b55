//! `GET /api/v1/proctoring/sittings/{sitting_id}/attempts`

use std::sync::Arc;

use authz::{AttemptId, SittingId};
use axum::extract::State;
use foundation::{Page, Problem};
use http_kit::{ApiResult, Caller, Json, Path, Query};
use proctoring_api::AttemptViolations;

use super::list_query::ListQuery;
use crate::{ProctoringService, app::list_attempts as app};

/// See which attempts of a sitting have violations, and how many.
#[utoipa::path(
    get,
    path = "/api/v1/proctoring/sittings/{sitting_id}/attempts",
    operation_id = "list_attempts_with_violations",
    tag = "proctoring",
    params(("sitting_id" = SittingId, Path), ListQuery),
    responses(
        (status = 200, body = Page<AttemptViolations>),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn list_attempts_with_violations(
    State(service): State<Arc<ProctoringService>>,
    Caller(actor): Caller,
    Path(sitting_id): Path<SittingId>,
    Query(query): Query<ListQuery>,
) -> ApiResult<Json<Page<AttemptViolations>>> {
    let after = query.after.map(AttemptId::from_uuid);
    Ok(Json(app::list_attempts(&service, &actor, sitting_id, after, query.limit()).await?))
}
