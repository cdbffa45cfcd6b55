//! Puts services together into one application.

use std::{fmt, pin::Pin, sync::Arc};

use authz::Rule;
use axum::{
    Router,
    extract::{DefaultBodyLimit, Request},
    middleware::{self, Next},
    response::{IntoResponse as _, Response},
};
use db::Db;
use foundation::{Clock, Id, IdKind, Problem, Random};
use tokio_util::sync::CancellationToken;
use tower_http::{catch_panic::CatchPanicLayer, timeout::RequestBodyTimeoutLayer};
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use crate::{Cors, Doorman, Idempotency, Rooms, limits, observe, problem_response, security_headers};

type RunningJob = Pin<Box<dyn Future<Output = ()> + Send>>;

/// A background job: runs until its token is cancelled.
pub struct Job {
    /// Its name in logs.
    pub name: &'static str,
    run: Box<dyn FnOnce(CancellationToken) -> RunningJob + Send>,
}

impl Job {
    /// A job that `run` does.
    pub fn new<F, R>(name: &'static str, run: R) -> Self
    where
        R: FnOnce(CancellationToken) -> F + Send + 'static,
        F: Future<Output = ()> + Send + 'static,
    {
        Self { name, run: Box::new(move |stop| Box::pin(run(stop))) }
    }

    /// Does the job until `stop`.
    pub async fn run(self, stop: CancellationToken) {
        (self.run)(stop).await;
    }
}

impl fmt::Debug for Job {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Job({})", self.name)
    }
}

/// What a service hands to the composition root.
pub struct ServiceParts {
    /// `exam-service`.
    pub name: &'static str,
    /// Its endpoints, with their descriptions.
    pub router: OpenApiRouter,
    /// Who may call them.
    pub rules: &'static [Rule],
    /// Its background jobs.
    pub jobs: Vec<Job>,
    /// Its database, for readiness.
    pub db: Db,
}

impl ServiceParts {
    /// The schema of its tables: `exam`.
    pub fn schema(&self) -> &'static str {
        self.name.strip_suffix("-service").unwrap_or(self.name)
    }

    /// Its endpoints, with idempotency keys; and the rest.
    pub fn mount(self, clock: &Arc<dyn Clock>) -> (OpenApiRouter, Vec<Job>) {
        let keys = Idempotency::new(self.db.clone(), self.schema(), Arc::clone(clock));
        let router = self.router.layer(middleware::from_fn(move |request: Request, next: Next| {
            let keys = keys.clone();
            async move { keys.apply(request, next).await }
        }));
        (router, self.jobs)
    }
}

/// What the whole application needs beside its services.
#[derive(Clone)]
pub struct House {
    /// Knows who is asking.
    pub doorman: Doorman,
    /// Other origins that may call us.
    pub cors: Cors,
    /// How much is worked on at once.
    pub rooms: Rooms,
    /// For request ids.
    pub clock: Arc<dyn Clock>,
    /// For request ids.
    pub random: Arc<dyn Random>,
}

/// An application: its routes, and their description.
pub struct App {
    /// Serves.
    pub router: Router,
    /// Describes.
    pub openapi: OpenApi,
}

enum RequestIdKind {}
impl IdKind for RequestIdKind {
    const NAME: &'static str = "request";
}

impl House {
    /// Wraps `router` in everything that every endpoint shares.
    pub fn build(self, router: OpenApiRouter) -> App {
        let (router, openapi) = router.split_for_parts();
        let (rooms, seats) = (self.rooms, self.doorman.clone());
        let doorman = self.doorman;
        let router = router
            .method_not_allowed_fallback(method_not_allowed)
            .layer(middleware::from_fn(move |request: Request, next: Next| {
                let doorman = doorman.clone();
                async move { doorman.admit(request, next).await }
            }))
            .layer(middleware::from_fn(move |request: Request, next: Next| {
                let (rooms, seats) = (rooms.clone(), seats.clone());
                async move { rooms.seat(&seats, request, next).await }
            }))
            .layer(DefaultBodyLimit::max(limits::JSON_BYTES_MAX))
            .layer(RequestBodyTimeoutLayer::new(limits::BODY_STALL_MAX))
            .layer(self.cors.layer())
            .layer(CatchPanicLayer::custom(panicked))
            .layer(middleware::from_fn(security_headers));
        let (clock, random) = (self.clock, self.random);
        let router = router.layer(middleware::from_fn(move |request: Request, next: Next| {
            let id = Id::<RequestIdKind>::new(&*clock, &*random).to_string();
            observe::observe(id, request, next)
        }));
        App { router, openapi }
    }
}

async fn method_not_allowed() -> Response {
    problem_response(Problem::new(
        405,
        "request.method_not_allowed",
        "This address doesn't take this method.",
    ))
}

fn panicked(panic: Box<dyn std::any::Any + Send>) -> Response {
    let text = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("no message");
    problem_response(Problem::internal(format!("panic: {text}"))).into_response()
}

impl fmt::Debug for ServiceParts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ServiceParts({})", self.name)
    }
}

impl fmt::Debug for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("App")
    }
}

impl fmt::Debug for House {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("House")
    }
}
