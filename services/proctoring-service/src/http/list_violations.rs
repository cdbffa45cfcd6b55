//! `GET /api/v1/proctoring/sittings/{sitting_id}/violations`

use std::sync::Arc;

use authz::{AttemptId, SittingId};
use axum::extract::State;
use foundation::{PageQuery, Problem};
use http_kit::{ApiResult, Caller, Json, Path, Query};
use proctoring_api::{AttemptViolations, Violation, ViolationId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{ProctoringService, app::list_violations as app};

/// Which violations, from where.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ListQuery {
    /// Violations wanted: 1 to 200, 50 when left out.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<u32>,
    /// The `next` of the page before; the first page when left out.
    pub after: Option<ViolationId>,
    /// Of this attempt alone; of the whole sitting when left out.
    pub attempt_id: Option<AttemptId>,
}

/// A page of a sitting's violations.
#[derive(Debug, Serialize, ToSchema)]
pub struct SittingViolations {
    /// The violations, newest first.
    pub items: Vec<Violation>,
    /// Pass as `after` to get the page behind this one; null on the last.
    pub next: Option<String>,
    /// The attempts that this page's violations belong to, with all of their violations counted.
    pub attempts: Vec<AttemptViolations>,
}

/// See the violations of a sitting.
#[utoipa::path(
    get,
    path = "/api/v1/proctoring/sittings/{sitting_id}/violations",
    operation_id = "list_violations",
    tag = "proctoring",
    params(("sitting_id" = SittingId, Path), ListQuery),
    responses(
        (status = 200, body = SittingViolations),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn list_violations(
    State(service): State<Arc<ProctoringService>>,
    Caller(actor): Caller,
    Path(sitting_id): Path<SittingId>,
    Query(query): Query<ListQuery>,
) -> ApiResult<Json<SittingViolations>> {
    let limit = PageQuery { limit: query.limit, after: None }.limit();
    let found =
        app::list_violations(&service, &actor, sitting_id, query.attempt_id, query.after, limit).await?;
    Ok(Json(SittingViolations { items: found.page.items, next: found.page.next, attempts: found.attempts }))
}
