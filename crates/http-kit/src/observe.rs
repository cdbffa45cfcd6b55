//! A request's id, its one log line, and its metrics.

use std::time::Instant as Stopwatch;

use axum::{
    extract::{MatchedPath, Request},
    http::{HeaderValue, Method},
    middleware::Next,
    response::Response,
};
use telemetry::names;

/// The header that carries a request's id.
const REQUEST_ID_HEADER: &str = "x-request-id";
/// The longest id that is taken from a proxy in front.
const REQUEST_ID_BYTES_MAX: usize = 64;

/// A request's id: the proxy's, or one of our own.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);

/// Gives the request an id, and writes one log line and two metrics when it is answered.
pub(crate) async fn observe(fresh_id: String, mut request: Request, next: Next) -> Response {
    let id = request
        .headers()
        .get(REQUEST_ID_HEADER)
        .and_then(|value| value.to_str().ok())
        .filter(|id| {
            id.len() <= REQUEST_ID_BYTES_MAX && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        })
        .map_or(fresh_id, ToOwned::to_owned);
    let method = method_label(request.method());
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "none".to_owned(), |p| p.as_str().to_owned());
    request.extensions_mut().insert(RequestId(id.clone()));

    let started = Stopwatch::now();
    let mut response = next.run(request).await;
    let seconds = started.elapsed().as_secs_f64();

    let status = response.status().as_u16();
    let service = service_of(&route);
    metrics::counter!(names::HTTP_REQUESTS_TOTAL, "service" => service, "method" => method, "route" => route.clone(), "status" => status.to_string())
        .increment(1);
    metrics::histogram!(names::HTTP_REQUEST_DURATION_SECONDS, "service" => service, "method" => method, "route" => route.clone())
        .record(seconds);
    tracing::info!(request_id = %id, method, route, status, duration_ms = seconds * 1e3, "request");
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID_HEADER, value);
    }
    response
}

/// The service that owns a route, as the founding document labels its metrics.
fn service_of(route: &str) -> &'static str {
    match route.strip_prefix("/api/v1/").and_then(|rest| rest.split('/').next()) {
        Some("auth") => "auth-service",
        Some("exams") => "exam-service",
        Some("questions") => "question-service",
        Some("proctoring") => "proctoring-service",
        Some("analytics") => "analytics-service",
        Some("notifications") => "notification-service",
        _ => "exam-system",
    }
}

/// Methods that we serve by name; whatever else a client makes up is one label.
fn method_label(method: &Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "PUT" => "PUT",
        "PATCH" => "PATCH",
        "DELETE" => "DELETE",
        "OPTIONS" => "OPTIONS",
        _ => "other",
    }
}
