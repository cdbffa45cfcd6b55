//! `POST /api/v1/exams/sittings/{sitting_id}/answer-files`

use std::sync::Arc;

use authz::SittingId;
use axum::{
    body::Bytes,
    extract::{State, rejection::BytesRejection},
};
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};

use crate::{
    ExamService,
    app::sittings::take_answer_file::{self as app, AnswerFileTaken},
    domain::answer_file::ANSWER_FILE_BYTES_MAX,
};

/// The largest body, in bytes: the text of the largest file is longer than the file.
pub const BODY_BYTES_MAX: usize = 2 * ANSWER_FILE_BYTES_MAX;

/// Take in an answer file: the file itself, or the text of its QR codes, in any order. Bringing it again changes nothing.
#[utoipa::path(
    post,
    path = "/api/v1/exams/sittings/{sitting_id}/answer-files",
    operation_id = "take_answer_file",
    tag = "live",
    params(("sitting_id" = SittingId, Path)),
    request_body(content = String, content_type = "application/octet-stream"),
    responses(
        (status = 200, body = AnswerFileTaken),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn take_answer_file(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path(sitting_id): Path<SittingId>,
    body: Result<Bytes, BytesRejection>,
) -> ApiResult<Json<AnswerFileTaken>> {
    let body = body.map_err(|error| app::too_large().log(error))?;
    Ok(Json(app::take_answer_file(&service, &actor, sitting_id, &body).await?))
}
