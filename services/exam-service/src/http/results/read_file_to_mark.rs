//! `GET /api/v1/exams/sittings/{sitting_id}/marking/{question_id}/responses/{response_ref}/files/{file_id}`

use std::sync::Arc;

use authz::SittingId;
use axum::{extract::State, response::Response};
use exam_api::CandidateFileId;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Path};
use question_model::QuestionVersionId;
use uuid::Uuid;

use crate::{ExamService, app::results::read_file_to_mark as app, http::downloads::download};

/// A file of a response to mark, as a download without its own name.
#[utoipa::path(
    get,
    path = "/api/v1/exams/sittings/{sitting_id}/marking/{question_id}/responses/{response_ref}/files/{file_id}",
    operation_id = "read_file_to_mark",
    tag = "marking",
    params(
        ("sitting_id" = SittingId, Path),
        ("question_id" = QuestionVersionId, Path),
        ("response_ref" = Uuid, Path),
        ("file_id" = CandidateFileId, Path),
    ),
    responses(
        (status = 200, content_type = "application/octet-stream", body = [u8]),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn read_file_to_mark(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path((sitting_id, question_id, response_ref, file_id)): Path<(
        SittingId,
        QuestionVersionId,
        Uuid,
        CandidateFileId,
    )>,
) -> ApiResult<Response> {
    let (name, bytes) =
        app::read_file_to_mark(&service, &actor, sitting_id, question_id, response_ref, file_id).await?;
    Ok(download(&name, "application/octet-stream", bytes))
}
