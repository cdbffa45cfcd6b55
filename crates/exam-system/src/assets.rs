//! The frontend, embedded in the binary: precompressed, cached for ever under hashed names.

use axum::{
    extract::Request,
    http::{HeaderValue, Method, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use foundation::Problem;
use http_kit::problem_response;
use rust_embed::{EmbeddedFile, RustEmbed};

#[derive(RustEmbed)]
#[folder = "../../frontend/dist"]
#[allow_missing = true]
struct Assets;

const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const ALWAYS_ASK: HeaderValue = HeaderValue::from_static("no-cache");

/// Answers whatever no endpoint answers: a file of the frontend, its page for addresses that the page routes itself,
/// or a problem.
pub async fn serve(request: Request) -> Response {
    let path = request.uri().path().trim_start_matches('/');
    if path.starts_with("api/") || !matches!(*request.method(), Method::GET | Method::HEAD) {
        return problem_response(Problem::not_found(
            "request.no_such_thing",
            "There is nothing at this address.",
        ));
    }
    let accepts =
        request.headers().get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or("");
    if let Some(response) = file(path, accepts) {
        return response;
    }
    // A file that isn't there must not be answered with a page; an address of the page must.
    if path.rsplit('/').next().is_some_and(|name| name.contains('.')) {
        return problem_response(Problem::not_found(
            "request.no_such_thing",
            "There is nothing at this address.",
        ));
    }
    file("index.html", accepts).unwrap_or_else(|| {
        (StatusCode::NOT_FOUND, "The frontend is not in this binary: build it first (make frontend).\n")
            .into_response()
    })
}

fn file(path: &str, accepts: &str) -> Option<Response> {
    if path.is_empty() {
        return file("index.html", accepts);
    }
    let plain = Assets::get(path)?;
    let (body, encoding) = compressed(path, accepts).unwrap_or((plain, None));
    let mut response = body.data.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type(path)));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    headers.insert(header::CACHE_CONTROL, if path.starts_with("assets/") { FOREVER } else { ALWAYS_ASK });
    if let Some(encoding) = encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    Some(response)
}

/// The file as the build compressed it, in the best way that the browser takes.
fn compressed(path: &str, accepts: &str) -> Option<(EmbeddedFile, Option<&'static str>)> {
    [("br", "br"), ("gzip", "gz")].into_iter().find_map(|(encoding, extension)| {
        let taken = accepts.split(',').any(|item| item.split(';').next().unwrap_or("").trim() == encoding);
        let file = if taken { Assets::get(&format!("{path}.{extension}")) } else { None };
        Some((file?, Some(encoding)))
    })
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or("") {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "webmanifest" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "ttf" => "font/ttf",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
