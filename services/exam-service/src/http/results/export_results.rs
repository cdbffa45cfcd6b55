//! `GET /api/v1/exams/sittings/{sitting_id}/results/export`

use std::sync::Arc;

use authz::SittingId;
use axum::{extract::State, response::Response};
use foundation::Problem;
use http_kit::{ApiResult, Caller, Path};

use crate::{ExamService, app::results::export_results as app, http::downloads::download};

/// A sitting's results as a CSV file: a line per candidate, a column per question.
#[utoipa::path(
    get,
    path = "/api/v1/exams/sittings/{sitting_id}/results/export",
    operation_id = "export_results",
    tag = "results",
    params(("sitting_id" = SittingId, Path)),
    responses(
        (status = 200, content_type = "text/csv", body = String),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn export_results(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path(sitting_id): Path<SittingId>,
) -> ApiResult<Response> {
    let file = app::export_results(&service, &actor, sitting_id).await?;
    Ok(download(&format!("results-{sitting_id}.csv"), "text/csv; charset=utf-8", file.into_bytes()))
}
