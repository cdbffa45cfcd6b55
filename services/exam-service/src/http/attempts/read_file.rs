//! `GET /api/v1/exams/attempts/{attempt_id}/files/{file_id}`

use std::sync::Arc;

use authz::AttemptId;
use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse as _, Response},
};
use exam_api::CandidateFileId;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Path};

use crate::{ExamService, app::attempts::upload_file as app};

/// A file that was handed in, as a download: nothing that a candidate sends is ever shown as a page.
#[utoipa::path(
    get,
    path = "/api/v1/exams/attempts/{attempt_id}/files/{file_id}",
    operation_id = "read_file",
    tag = "attempts",
    params(("attempt_id" = AttemptId, Path), ("file_id" = CandidateFileId, Path)),
    responses(
        (status = 200, content_type = "application/octet-stream", body = [u8]),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn read_file(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path((attempt_id, file_id)): Path<(AttemptId, CandidateFileId)>,
) -> ApiResult<Response> {
    let (name, bytes) = app::read_file(&service, &actor, attempt_id, file_id).await?;
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    if let Ok(value) =
        HeaderValue::from_str(&format!("attachment; filename*=UTF-8''{}", percent_encode(&name)))
    {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}

/// RFC 8187: everything but letters, digits and a few signs is percent-encoded.
fn percent_encode(name: &str) -> String {
    name.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}
