//! `GET /api/v1/proctoring/attempts/{attempt_id}/violations`

use std::sync::Arc;

use authz::AttemptId;
use axum::extract::State;
use foundation::{Page, Problem};
use http_kit::{ApiResult, Caller, Json, Path, Query};
use proctoring_api::{OwnViolation, ViolationId};

use super::list_query::ListQuery;
use crate::{ProctoringService, app::list_own_violations as app};

/// See what was recorded about one's own attempt, and how it was judged; newest first.
#[utoipa::path(
    get,
    path = "/api/v1/proctoring/attempts/{attempt_id}/violations",
    operation_id = "list_own_violations",
    tag = "proctoring",
    params(("attempt_id" = AttemptId, Path), ListQuery),
    responses(
        (status = 200, body = Page<OwnViolation>),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn list_own_violations(
    State(service): State<Arc<ProctoringService>>,
    Caller(actor): Caller,
    Path(attempt_id): Path<AttemptId>,
    Query(query): Query<ListQuery>,
) -> ApiResult<Json<Page<OwnViolation>>> {
    let after = query.after.map(ViolationId::from_uuid);
    Ok(Json(app::list_own_violations(&service, &actor, attempt_id, after, query.limit()).await?))
}
