//! `/health`, `/ready`, `/metrics`: what operators and their tools ask.

use std::sync::Arc;

use authz::{Rule, Who};
use axum::{
    Router,
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse,
    routing::get,
};
use db::Db;
use exam_service::app::writer::Heart;
use http_kit::{Json, Standing};
use serde_json::{Map, Value, json};
use telemetry::{Dependency, Metrics};

/// Who may ask.
pub const RULES: &[Rule] = &[
    Rule::new("GET", "/health", Who::Public),
    Rule::new("GET", "/ready", Who::Public),
    Rule::new("GET", "/metrics", Who::Public),
    Rule::new("GET", "/ws", Who::Public),
    Rule::new("GET", "/api/v1/openapi.json", Who::Public),
];

/// What readiness looks at.
#[derive(Clone)]
pub struct Probes {
    /// Whether this process should be sent more work.
    pub standing: Standing,
    /// Each service's database.
    pub databases: Arc<[(&'static str, Db)]>,
    /// The sign of life of what takes answers in, where this process does.
    pub heart: Option<Heart>,
    /// What we can do without, at a price.
    pub dependencies: Arc<[Dependency]>,
    /// Whether metrics are shown.
    pub metrics: Option<Metrics>,
    /// The API's description.
    pub openapi: Arc<str>,
}

/// The routes.
pub fn router(probes: Probes) -> Router {
    let router = Router::new()
        .route("/health", get(health))
        .route("/ready", get(ready))
        .route("/api/v1/openapi.json", get(openapi));
    let router = if probes.metrics.is_some() { router.route("/metrics", get(metrics)) } else { router };
    router.with_state(probes)
}

/// The process runs. Never looks at a database: a slow disk must not get us killed.
async fn health() -> impl IntoResponse {
    Json(json!({ "status": "ok", "version": env!("CARGO_PKG_VERSION") }))
}

/// Every database is there and would keep an answer through a power cut, and answers are written; the process isn't leaving, its
/// clock is right.
/// What else is away is named, and changes nothing: candidates don't need it.
async fn ready(State(probes): State<Probes>) -> impl IntoResponse {
    let mut checks = Map::new();
    let mut ready = true;
    for (service, db) in probes.databases.iter() {
        let check = match db.check_durable().await {
            Ok(()) => json!("ok"),
            Err(error) => {
                ready = false;
                tracing::warn!(service, %error, "not ready");
                json!("database unavailable or not durable")
            }
        };
        checks.insert((*service).to_owned(), check);
    }
    if probes.heart.as_ref().is_some_and(|heart| !heart.is_fresh()) {
        ready = false;
        tracing::warn!("not ready: nothing could be written for seconds, or at all yet");
        checks.insert("writer".to_owned(), json!("nothing could be written for seconds, or at all yet"));
    }
    for (what, why) in probes.standing.refusals() {
        ready = false;
        checks.insert(what, json!(why));
    }
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let word = if ready { "ready" } else { "not ready" };
    let degraded: Vec<&str> =
        probes.dependencies.iter().filter(|dependency| !dependency.is_up()).map(Dependency::name).collect();
    (status, Json(json!({ "status": word, "checks": Value::Object(checks), "degraded": degraded })))
}

async fn metrics(State(probes): State<Probes>) -> impl IntoResponse {
    let text = probes.metrics.map(Metrics::render).unwrap_or_default();
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text)
}

async fn openapi(State(probes): State<Probes>) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/json")], probes.openapi.to_string())
}
