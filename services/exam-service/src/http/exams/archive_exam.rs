//! `POST /api/v1/exams/{exam_id}/archive`

use std::sync::Arc;

use axum::extract::State;
use exam_api::ExamId;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};

use crate::{
    ExamService,
    app::exams::{ExamView, archive_exam as app},
};

/// Put an exam away. Its sittings go on; lists show it only when asked.
#[utoipa::path(
    post,
    path = "/api/v1/exams/{exam_id}/archive",
    operation_id = "archive_exam",
    tag = "exams",
    params(("exam_id" = ExamId, Path)),
    responses(
        (status = 200, body = ExamView),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn archive_exam(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path(exam_id): Path<ExamId>,
) -> ApiResult<Json<ExamView>> {
    Ok(Json(app::archive_exam(&service, &actor, exam_id, true).await?))
}
