//! `GET /api/v1/exams/sittings/{sitting_id}/attempts/{attempt_id}/late-entries`

use std::sync::Arc;

use authz::{AttemptId, SittingId};
use axum::extract::State;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    ExamService,
    app::sittings::late_entries::{self as app, LateEntryView},
};

/// Entries that came after the end.
#[derive(Debug, Serialize, ToSchema)]
pub struct LateEntriesResponse {
    /// In their order; at most 1,000.
    pub entries: Vec<LateEntryView>,
}

/// What came after the attempt had closed, without what it says.
#[utoipa::path(
    get,
    path = "/api/v1/exams/sittings/{sitting_id}/attempts/{attempt_id}/late-entries",
    operation_id = "list_late_entries",
    tag = "live",
    params(("sitting_id" = SittingId, Path), ("attempt_id" = AttemptId, Path)),
    responses(
        (status = 200, body = LateEntriesResponse),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn list_late_entries(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path((sitting_id, attempt_id)): Path<(SittingId, AttemptId)>,
) -> ApiResult<Json<LateEntriesResponse>> {
    Ok(Json(LateEntriesResponse {
        entries: app::list_late_entries(&service, &actor, sitting_id, attempt_id).await?,
    }))
}
