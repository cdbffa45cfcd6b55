//! `POST /api/v1/exams/{exam_id}/check`

use std::sync::Arc;

use axum::extract::State;
use exam_api::ExamId;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};

use crate::{
    ExamService,
    app::exams::check_exam::{self as app, ExamCheck},
};

/// Ask whether the draft could be published. Nothing is stored.
#[utoipa::path(
    post,
    path = "/api/v1/exams/{exam_id}/check",
    operation_id = "check_exam",
    tag = "exams",
    params(("exam_id" = ExamId, Path)),
    responses(
        (status = 200, body = ExamCheck),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn check_exam(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path(exam_id): Path<ExamId>,
) -> ApiResult<Json<ExamCheck>> {
    Ok(Json(app::check_exam(&service, &actor, exam_id).await?))
}
