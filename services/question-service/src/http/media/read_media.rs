//! `GET /api/v1/questions/media/{sha256}`

use std::sync::Arc;

use axum::{
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use foundation::Problem;
use http_kit::{ApiResult, Path};

use crate::{QuestionService, app::media::read_media as app};

/// A picture, by the hash of its bytes. It never changes, so it is kept by whoever got it once.
#[utoipa::path(
    get,
    path = "/api/v1/questions/media/{sha256}",
    operation_id = "read_media",
    tag = "media",
    params(("sha256" = String, Path, description = "64 hexadecimal digits, lower case")),
    responses(
        (status = 200, body = String, content_type = "image/*"),
        (status = 304, description = "The asker has it already"),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn read_media(
    State(service): State<Arc<QuestionService>>,
    Path(sha256): Path<String>,
    headers: HeaderMap,
) -> ApiResult<Response> {
    let etag = format!("\"{sha256}\"");
    let media = app::read_media(&service, &sha256).await?;
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let mut response = if known.is_some_and(|known| known.split(',').any(|one| one.trim() == etag)) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(header::CONTENT_TYPE, HeaderValue::from_static(media.media_type))], media.bytes).into_response()
    };
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| {
        headers.insert(name, HeaderValue::from_static(value));
    };
    set(header::CACHE_CONTROL, "public, max-age=31536000, immutable");
    // Opened by itself, a picture runs nothing and loads nothing, whatever a browser takes it for.
    set(header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox");
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::CONTENT_DISPOSITION, "inline");
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        headers.insert(header::ETAG, etag);
    }
    Ok(response)
}
