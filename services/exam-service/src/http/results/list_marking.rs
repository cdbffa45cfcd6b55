//! `GET /api/v1/exams/sittings/{sitting_id}/marking`

use std::sync::Arc;

use authz::SittingId;
use axum::extract::State;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};

use crate::{
    ExamService,
    app::results::list_marking::{self as app, MarkingOverview},
};

/// How the marking of a sitting stands, and the questions that people mark.
#[utoipa::path(
    get,
    path = "/api/v1/exams/sittings/{sitting_id}/marking",
    operation_id = "list_marking",
    tag = "marking",
    params(("sitting_id" = SittingId, Path)),
    responses(
        (status = 200, body = MarkingOverview),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn list_marking(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path(sitting_id): Path<SittingId>,
) -> ApiResult<Json<MarkingOverview>> {
    Ok(Json(app::list_marking(&service, &actor, sitting_id).await?))
}
