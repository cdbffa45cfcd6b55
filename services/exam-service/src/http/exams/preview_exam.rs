//! `GET /api/v1/exams/{exam_id}/preview`

use std::sync::Arc;

use axum::extract::State;
use exam_api::ExamId;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path, Query};
use serde::Deserialize;

use crate::{ExamService, app::exams::preview_exam as app, domain::paper::CandidatePaper};

/// What to preview.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PreviewQuery {
    /// A form of the newest publication, from 1; left out for the draft as it stands.
    pub form_no: Option<i64>,
}

/// The exam as a candidate would see it. Belongs to no attempt: `attempt_id` is the nil UUID.
#[utoipa::path(
    get,
    path = "/api/v1/exams/{exam_id}/preview",
    operation_id = "preview_exam",
    tag = "exams",
    params(("exam_id" = ExamId, Path), PreviewQuery),
    responses(
        (status = 200, body = CandidatePaper),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn preview_exam(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path(exam_id): Path<ExamId>,
    Query(query): Query<PreviewQuery>,
) -> ApiResult<Json<CandidatePaper>> {
    Ok(Json(app::preview_exam(&service, &actor, exam_id, query.form_no).await?))
}
