//! Puts services together into one application.

use std::{fmt, panic::AssertUnwindSafe, pin::Pin, sync::Arc};

use authz::{Rule, Service};
use axum::{
    Router,
    body::{Body, HttpBody as _},
    extract::{DefaultBodyLimit, MatchedPath, Request},
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
    Cors, Doorman, Idempotency, Rooms, browser::set_security_headers, deadline, identity::Admitted, limits,
    observe::Watched, problem_response,
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

    /// Where its answers are kept that were asked for with a key.
    pub fn idempotency(&self, clock: &Arc<dyn Clock>) -> Idempotency {
        Idempotency::new(self.db.clone(), self.schema(), Arc::clone(clock))
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
    /// Where each service keeps the answers that were asked for with a key.
    pub idempotency: Vec<Idempotency>,
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
        let Self { doorman, cors, rooms, idempotency, clock, random } = self;
        let entry = Arc::new(Entry { doorman, rooms, idempotency });
        let watch = Arc::new(Watch { clock, random });
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
    idempotency: Vec<Idempotency>,
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
        let response = match self.doorman.admit(&mut request).await {
            Err(problem) => problem_response(problem),
            // What is rare is large too: its room is had when it is needed, and not with every request.
            Ok(Admitted::Service) => Box::pin(deadline::keep(request, next)).await,
            Ok(Admitted::Public) => match self.kept_answers(&request) {
                Some(kept) => Box::pin(kept.apply(request, next)).await,
                None => next.run(request).await,
            },
        };
        drop(place);
        response
    }

    /// Where the answer to a request with a key is kept; none for a request without.
    fn kept_answers(&self, request: &Request) -> Option<&Idempotency> {
        if !Idempotency::is_asked(request) {
            return None;
        }
        let path = request.extensions().get::<MatchedPath>()?;
        let schema = Service::of_path(path.as_str())?.schema();
        self.idempotency.iter().find(|kept| kept.schema() == schema)
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Room that a layer takes of every request that waits; thousands may.
    const LAYER_BYTES_MAX: usize = 1_536;

    fn size<A, F>(_: impl FnOnce(A, Request, Next) -> F) -> usize {
        size_of::<F>()
    }

    #[test]
    fn a_request_that_waits_takes_little_room_in_every_layer() {
        let sizes = [
            ("entry", size(|entry: &'static Entry, request, next| entry.pass(request, next))),
            ("watch", size(|watch: &'static Watch, request, next| watch.pass(request, next))),
        ];
        for (layer, bytes) in sizes {
            assert!(bytes <= LAYER_BYTES_MAX, "{layer}: {bytes} bytes");
        }
    }
}
