//! A service, or several, with a doorman in front and no network between.

use std::sync::Arc;

use authz::{AccessVerifier, KeySource, Rules};
use axum::{
    Router,
    body::Body,
    http::{Method, Request as HttpRequest, header},
};
use foundation::{Clock, ManualClock, SystemRandom};
use http_body_util::BodyExt as _;
use http_kit::{Cors, Doorman, House, OpenApi, Rooms, ServiceParts, TICKET_HEADER};
use serde_json::Value;
use tower::ServiceExt as _;
use utoipa_axum::router::OpenApiRouter;

use crate::{Answer, People};

/// A service, or several, with a doorman in front and no network between. Its jobs don't run: call them.
#[derive(Clone)]
pub struct Stage {
    /// The time, which stands still until moved.
    pub clock: ManualClock,
    /// People with tokens.
    pub people: People,
    router: Router,
    /// The API's description.
    pub openapi: Arc<OpenApi>,
}

impl Stage {
    /// The moment at which every stage opens: a Monday morning.
    pub const OPENS: &str = "2026-01-05T08:00:00Z";

    /// A clock for a stage, and the people on it; services are built with both, then given to [`Stage::of`].
    pub fn prepare() -> (ManualClock, People) {
        let clock = ManualClock::at(Self::OPENS);
        (clock.clone(), People::standing(clock))
    }

    /// A stage with these services on it, whose doorman takes the tokens of [`People`].
    pub fn of(clock: ManualClock, people: People, services: Vec<ServiceParts>) -> Self {
        let keys = Arc::new(people.clone());
        Self::with_keys(clock, people, keys, services)
    }

    /// A stage whose doorman takes the tokens that `keys` verify: for journeys in which people sign in.
    pub fn with_keys(
        clock: ManualClock,
        people: People,
        keys: Arc<dyn KeySource>,
        services: Vec<ServiceParts>,
    ) -> Self {
        let tokens = AccessVerifier::new(keys, Arc::new(clock.clone()));
        let rules = Rules::of(services.iter().flat_map(|parts| parts.rules.iter().copied()));
        let shared: Arc<dyn Clock> = Arc::new(clock.clone());
        let (mut router, mut idempotency) = (OpenApiRouter::new(), Vec::new());
        for parts in services {
            idempotency.push(parts.idempotency(&shared));
            router = router.merge(parts.router);
        }
        let house = House {
            doorman: Doorman::new(rules, &people.secrets, Arc::new(tokens), Arc::new(clock.clone())),
            cors: Cors::default(),
            rooms: Rooms::default(),
            idempotency,
            clock: Arc::new(clock.clone()),
            random: Arc::new(SystemRandom),
        };
        let app = house.build(router);
        Self { clock, people, router: app.router, openapi: Arc::new(app.openapi) }
    }

    /// Starts a GET.
    pub fn get(&self, path: impl Into<String>) -> Request {
        self.request(Method::GET, path)
    }
    /// Starts a POST with a JSON body.
    pub fn post(&self, path: impl Into<String>, body: &Value) -> Request {
        self.request(Method::POST, path).json(body)
    }
    /// Starts a PUT with a JSON body.
    pub fn put(&self, path: impl Into<String>, body: &Value) -> Request {
        self.request(Method::PUT, path).json(body)
    }
    /// Starts a request.
    pub fn request(&self, method: Method, path: impl Into<String>) -> Request {
        Request {
            router: self.router.clone(),
            method,
            path: path.into(),
            headers: Vec::new(),
            body: Body::empty(),
        }
    }
}

/// A request that waits to be sent.
pub struct Request {
    router: Router,
    method: Method,
    path: String,
    headers: Vec<(String, String)>,
    body: Body,
}

impl Request {
    /// As the person with this access token.
    #[must_use]
    pub fn token(self, token: &str) -> Self {
        self.header(header::AUTHORIZATION.as_str(), &format!("Bearer {token}"))
    }
    /// As the candidate with this exam ticket.
    #[must_use]
    pub fn ticket(self, ticket: &str) -> Self {
        self.header(TICKET_HEADER, ticket)
    }
    /// With one more header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }
    /// With a JSON body.
    #[must_use]
    pub fn json(self, body: &Value) -> Self {
        self.bytes("application/json", body.to_string())
    }
    /// With any body.
    #[must_use]
    pub fn bytes(mut self, content_type: &str, body: impl Into<Body>) -> Self {
        self.body = body.into();
        self.header(header::CONTENT_TYPE.as_str(), content_type)
    }

    /// Sends it.
    ///
    /// # Panics
    /// When the request itself is impossible.
    pub async fn send(self) -> Answer {
        let mut request = HttpRequest::builder().method(self.method).uri(self.path);
        for (name, value) in self.headers {
            request = request.header(name, value);
        }
        let response =
            self.router.oneshot(request.body(self.body).expect("a request")).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let body = body.collect().await.expect("a body").to_bytes();
        Answer { status: parts.status, headers: parts.headers, body }
    }
}
