//! `GET /api/v1/exams/sittings/{sitting_id}/attempts/{attempt_id}/journal`

use std::sync::Arc;

use authz::{AttemptId, SittingId};
use axum::extract::State;
use foundation::{Page, PageQuery, Problem};
use http_kit::{ApiResult, Caller, Json, Path, Query};

use crate::{
    ExamService,
    app::results::read_journal::{self as app, JournalEntryView},
};

/// What happened in an attempt, without what was answered: the evidence when a candidate appeals.
#[utoipa::path(
    get,
    path = "/api/v1/exams/sittings/{sitting_id}/attempts/{attempt_id}/journal",
    operation_id = "read_journal",
    tag = "results",
    params(("sitting_id" = SittingId, Path), ("attempt_id" = AttemptId, Path), PageQuery),
    responses(
        (status = 200, body = Page<JournalEntryView>),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn read_journal(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path((sitting_id, attempt_id)): Path<(SittingId, AttemptId)>,
    Query(page): Query<PageQuery>,
) -> ApiResult<Json<Page<JournalEntryView>>> {
    Ok(Json(app::read_journal(&service, &actor, sitting_id, attempt_id, &page).await?))
}
