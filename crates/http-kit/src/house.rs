//! Puts services together into one application.

use std::{fmt, panic::AssertUnwindSafe, pin::Pin, sync::Arc};

use authz::Rule;
use axum::{
    Router,
    body::{Body, HttpBody as _},
    extract::{DefaultBodyLimit, Request},
    middleware::{self, Next},
    response::{IntoResponse as _, Response},
};
use db::Db;
use foundation::{Clock, Id, IdKind, Problem, Random};
use futures::FutureExt as _;
use tokio_util::sync::CancellationToken;
use tower_http::timeout::TimeoutBody;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use crate::{
    Cors, Doorman, Idempotency, Rooms, browser::set_security_headers, limits, observe::Watched,
    problem_response,
};

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
        let Self { doorman, cors, rooms, clock, random } = self;
        let (entry, watch) = (Arc::new(Entry { doorman, rooms }), Arc::new(Watch { clock, random }));
        let mut router = router.method_not_allowed_fallback(method_not_allowed).layer(middleware::from_fn(
            move |request: Request, next: Next| {
                let entry = Arc::clone(&entry);
                async move { entry.pass(request, next).await }
            },
        ));
        if let Some(cors) = cors.layer() {
            router = router.layer(cors);
        }
        let router = router.layer(middleware::from_fn(move |request: Request, next: Next| {
            let watch = Arc::clone(&watch);
            async move { watch.pass(request, next).await }
        }));
        App { router, openapi }
    }
}

/// What every request passes on its way in. One layer and not one for each concern: with every request the router copies
/// each layer once for every layer around it.
struct Entry {
    doorman: Doorman,
    rooms: Rooms,
}

impl Entry {
    async fn pass(&self, mut request: Request, next: Next) -> Response {
        let place = match self.rooms.place(&self.doorman, &request) {
            Ok(place) => place,
            Err(why) => return why.into_response(),
        };
        DefaultBodyLimit::max(limits::JSON_BYTES_MAX).apply(&mut request);
        if !request.body().is_end_stream() {
            request = request.map(|body| Body::new(TimeoutBody::new(limits::BODY_STALL_MAX, body)));
        }
        let response = self.doorman.admit(request, next).await;
        drop(place);
        response
    }
}

/// What every answer passes on its way out, whatever made it.
struct Watch {
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
}

impl Watch {
    async fn pass(&self, request: Request, next: Next) -> Response {
        let watched =
            Watched::begin(&request, || Id::<RequestIdKind>::new(&*self.clock, &*self.random).to_string());
        let answered = AssertUnwindSafe(next.run(request)).catch_unwind();
        let mut response = match watched.work(answered).await {
            Ok(response) => response,
            Err(panic) => panicked(&*panic),
        };
        set_security_headers(response.headers_mut());
        watched.end(&mut response);
        response
    }
}

async fn method_not_allowed() -> Response {
    problem_response(Problem::new(
        405,
        "request.method_not_allowed",
        "This address doesn't take this method.",
    ))
}

fn panicked(panic: &(dyn std::any::Any + Send)) -> Response {
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
