//! Files as downloads: never shown as a page, never kept by a cache.

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse as _, Response},
};

/// `bytes` as a download called `name`, which must be made of ASCII letters, digits, `-`, `_` and `.`.
pub(super) fn download(name: &str, content_type: &'static str, bytes: Vec<u8>) -> Response {
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    response
}
