//! A request's id, its one log line, and its metrics.

use std::{cell::RefCell, collections::HashMap, time::Instant as Stopwatch};

use axum::{
    extract::{MatchedPath, Request},
    http::{HeaderValue, Method},
    response::Response,
};
use metrics::{Counter, Histogram};
use telemetry::names;

/// The header that carries a request's id.
pub const REQUEST_ID_HEADER: &str = "x-request-id";
/// The longest id that is taken from a proxy in front.
const REQUEST_ID_BYTES_MAX: usize = 64;

tokio::task_local! {
    static REQUEST_ID: String;
}

/// The id of the request that is being worked on, for the services that are asked because of it; none outside of one.
pub fn request_id() -> Option<String> {
    REQUEST_ID.try_with(Clone::clone).ok()
}

/// A request that is being answered.
pub(crate) struct Watched {
    id: String,
    method: &'static str,
    route: Option<MatchedPath>,
    since: Stopwatch,
}

impl Watched {
    /// Gives the request an id: the proxy's, or a `fresh` one.
    pub(crate) fn begin(request: &Request, fresh: impl FnOnce() -> String) -> Self {
        let id = request
            .headers()
            .get(REQUEST_ID_HEADER)
            .and_then(|value| value.to_str().ok())
            .filter(|id| {
                id.len() <= REQUEST_ID_BYTES_MAX && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            })
            .map_or_else(fresh, ToOwned::to_owned);
        let method = method_label(request.method());
        let route = request.extensions().get::<MatchedPath>().cloned();
        Self { id, method, route, since: Stopwatch::now() }
    }

    /// Works on the request.
    pub(crate) async fn work<F: Future>(&self, work: F) -> F::Output {
        REQUEST_ID.scope(self.id.clone(), work).await
    }

    /// Writes one log line and two metrics.
    pub(crate) fn end(self, response: &mut Response) {
        let Self { id, method, route, since } = self;
        let seconds = since.elapsed().as_secs_f64();
        let route = route.as_ref().map_or("none", MatchedPath::as_str);
        let status = response.status().as_u16();
        METERS.with_borrow_mut(|meters| meters.of(route, method, status, |meter| meter.count(seconds)));
        tracing::info!(request_id = %id, method, route, status, duration_ms = seconds * 1e3, "request");
        if let Ok(value) = HeaderValue::try_from(id) {
            response.headers_mut().insert(REQUEST_ID_HEADER, value);
        }
    }
}

/// The two metrics of a kind of request.
struct Meter {
    requests: Counter,
    seconds: Histogram,
}

impl Meter {
    fn new(route: &str, method: &'static str, status: u16) -> Self {
        let service = service_of(route);
        let route = route.to_owned();
        Self {
            requests: metrics::counter!(names::HTTP_REQUESTS_TOTAL, "service" => service, "method" => method, "route" => route.clone(), "status" => status.to_string()),
            seconds: metrics::histogram!(names::HTTP_REQUEST_DURATION_SECONDS, "service" => service, "method" => method, "route" => route),
        }
    }

    fn count(&self, seconds: f64) {
        self.requests.increment(1);
        self.seconds.record(seconds);
    }
}

/// The metrics that a thread has counted in, by route and then by method and status; to look one up by its labels costs as
/// much as the rest of an answer's way out.
#[derive(Default)]
struct Meters(HashMap<String, HashMap<(&'static str, u16), Meter>>);

impl Meters {
    fn of(&mut self, route: &str, method: &'static str, status: u16, count: impl FnOnce(&Meter)) {
        if !self.0.contains_key(route) {
            self.0.insert(route.to_owned(), HashMap::new());
        }
        if let Some(of_route) = self.0.get_mut(route) {
            count(of_route.entry((method, status)).or_insert_with(|| Meter::new(route, method, status)));
        }
    }
}

thread_local! {
    static METERS: RefCell<Meters> = RefCell::default();
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
