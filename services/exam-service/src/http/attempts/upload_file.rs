//! `PUT /api/v1/exams/attempts/{attempt_id}/files/{file_id}`

use std::sync::Arc;

use authz::AttemptId;
use axum::extract::{
    Multipart, State,
    multipart::{MultipartError, MultipartRejection},
};
use exam_api::CandidateFileId;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    ExamService,
    app::attempts::upload_file::{self as app, SentFile},
};

/// A file, as `multipart/form-data`.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the form")]
pub struct FileForm {
    /// The file, with its name.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// A file that was taken in.
#[derive(Debug, Serialize, ToSchema)]
pub struct HandedInFile {
    /// What a response names it by.
    pub id: CandidateFileId,
    /// Its name.
    pub name: String,
    /// Its size.
    pub bytes: i64,
}

/// Hand in a file under an id that the device chose: a response names it by that, before or after. Idempotent.
#[utoipa::path(
    put,
    path = "/api/v1/exams/attempts/{attempt_id}/files/{file_id}",
    operation_id = "upload_file",
    tag = "attempts",
    params(("attempt_id" = AttemptId, Path), ("file_id" = CandidateFileId, Path)),
    request_body(content = FileForm, content_type = "multipart/form-data"),
    responses(
        (status = 200, body = HandedInFile),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn upload_file(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path((attempt_id, id)): Path<(AttemptId, CandidateFileId)>,
    form: Result<Multipart, MultipartRejection>,
) -> ApiResult<Json<HandedInFile>> {
    let began_at = service.clock.now();
    let mut form = form.map_err(|_| no_file())?;
    let field = form.next_field().await.map_err(|error| unreadable(&error))?.ok_or_else(no_file)?;
    let name = field.file_name().ok_or_else(no_file)?.to_owned();
    let bytes = field.bytes().await.map_err(|error| unreadable(&error))?;
    let file = SentFile { id, name, bytes: bytes.to_vec(), began_at };
    let row = app::upload_file(&service, &actor, attempt_id, file).await?;
    Ok(Json(HandedInFile { id: row.id, name: row.name, bytes: row.bytes }))
}

fn no_file() -> Problem {
    Problem::bad_request("exam.file_missing", "Send one file, in a field of a multipart/form-data body.")
}

fn unreadable(error: &MultipartError) -> Problem {
    if error.status().as_u16() == 413 {
        Problem::new(413, "exam.file_too_large", "The file is too large. Choose a smaller one.")
    } else {
        Problem::bad_request("exam.file_unreadable", "The file didn't arrive whole. Send it again.")
            .log(error)
    }
}
