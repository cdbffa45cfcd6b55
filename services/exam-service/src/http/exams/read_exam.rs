//! `GET /api/v1/exams/{exam_id}`

use std::sync::Arc;

use axum::extract::State;
use exam_api::ExamId;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};

use crate::{
    ExamService,
    app::exams::{ExamView, read_exam as app},
};

/// An exam with its draft.
#[utoipa::path(
    get,
    path = "/api/v1/exams/{exam_id}",
    operation_id = "read_exam",
    tag = "exams",
    params(("exam_id" = ExamId, Path)),
    responses(
        (status = 200, body = ExamView),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn read_exam(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path(exam_id): Path<ExamId>,
) -> ApiResult<Json<ExamView>> {
    Ok(Json(app::read_exam(&service, &actor, exam_id).await?))
}
