//! `GET /api/v1/exams/sealed/{sha256}`

use std::sync::Arc;

use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use foundation::Problem;
use http_kit::{ApiResult, Path};

use crate::{ExamService, app::attempts::read_sealed as app};

/// A sealed paper or picture, by the hash of its bytes: 24 bytes of nonce, then XChaCha20-Poly1305 with
/// `exam-system sealed 1` as associated data. It says nothing before the start, which gives the key; it never changes, so
/// that whoever lies between keeps it.
#[utoipa::path(
    get,
    path = "/api/v1/exams/sealed/{sha256}",
    operation_id = "read_sealed",
    tag = "attempts",
    params(("sha256" = String, Path, description = "64 hexadecimal digits, lower case")),
    responses(
        (status = 200, body = String, content_type = "application/octet-stream"),
        (status = 304, description = "The asker has it already"),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn read_sealed(
    State(service): State<Arc<ExamService>>,
    Path(sha256): Path<String>,
    headers: HeaderMap,
) -> ApiResult<Response> {
    let etag = format!("\"{sha256}\"");
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let mut response = if known.is_some_and(|known| known.split(',').any(|one| one.trim() == etag)) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let sealed = app::read_sealed(&service, &sha256).await?;
        ([(header::CONTENT_TYPE, "application/octet-stream")], sealed).into_response()
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        headers.insert(header::ETAG, etag);
    }
    Ok(response)
}
