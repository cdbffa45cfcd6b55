//! Finds out who is asking, and lets them through the outer door.

use std::{fmt, sync::Arc};

use authz::{AccessVerifier, Actor, Rules, Secrets, Service, ServiceTokenKey, TicketError, TicketKey, Who};
use axum::{
    extract::{FromRequestParts, MatchedPath, OriginalUri, Request},
    http::{HeaderMap, header, request::Parts},
};
use foundation::{Clock, Problem};

use crate::ApiError;

/// The header that carries a candidate's exam ticket.
pub const TICKET_HEADER: &str = "exam-ticket";
/// The header that carries a service token.
pub const SERVICE_TOKEN_HEADER: &str = "service-token";

/// By which door a request came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Admitted {
    /// By one that is open to the world.
    Public,
    /// By one between services.
    Service,
}

/// Knows faces, and the rule of every door.
#[derive(Clone)]
pub struct Doorman {
    rules: Rules,
    tickets: TicketKey,
    services: ServiceTokenKey,
    tokens: Arc<AccessVerifier>,
    clock: Arc<dyn Clock>,
}

impl Doorman {
    /// A doorman with these rules, who knows tickets and service tokens by the installation's secrets.
    pub fn new(rules: Rules, secrets: &Secrets, tokens: Arc<AccessVerifier>, clock: Arc<dyn Clock>) -> Self {
        let (tickets, services) = (TicketKey::new(secrets), ServiceTokenKey::new(secrets));
        Self { rules, tickets, services, tokens, clock }
    }

    /// Who may call the endpoint that a request was routed to.
    pub fn rule(&self, request: &Request) -> Option<Who> {
        let path = request.extensions().get::<MatchedPath>()?;
        self.rules.find(request.method().as_str(), path.as_str())
    }

    /// Names the actor, asks the endpoint's rule, and notes the actor in the request.
    ///
    /// # Errors
    /// 401 or 403 for who may not come in, 404 for who isn't to know that there is something.
    pub(crate) async fn admit(&self, request: &mut Request) -> Result<Admitted, Problem> {
        let rule = self.rule(request);
        if rule == Some(Who::Service) {
            let actor = self.service(request)?;
            request.extensions_mut().insert(actor);
            return Ok(Admitted::Service);
        }
        let actor = match self.identify(request.headers()).await {
            Ok(actor) => actor,
            // On a public endpoint a stale token must not stand in the way of signing in again.
            Err(problem) if problem.status == 401 && rule == Some(Who::Public) => Actor::Anonymous,
            Err(problem) => return Err(problem),
        };
        if let Some(path) = request.extensions().get::<MatchedPath>() {
            self.rules.admit(request.method().as_str(), path.as_str(), &actor)?;
        }
        request.extensions_mut().insert(actor);
        Ok(Admitted::Public)
    }

    /// On whose behalf another service calls.
    fn service(&self, request: &Request) -> Result<Actor, Problem> {
        let nothing = || Problem::not_found("request.no_such_thing", "There is nothing at this address.");
        let token = request.headers().get(SERVICE_TOKEN_HEADER).ok_or_else(nothing)?;
        let path = request.extensions().get::<OriginalUri>().map_or(request.uri().path(), |uri| uri.path());
        let audience = Service::of_path(path).ok_or_else(nothing)?;
        let call = self
            .services
            .open(token.to_str().unwrap_or(""), audience, path, self.clock.now())
            .map_err(|error| {
                Problem::unauthenticated("service.token_refused", "The service token isn't taken.").log(error)
            })?;
        tracing::debug!(caller = call.issuer.name(), path, "called by a service");
        Ok(call.actor)
    }

    /// The actor behind a request's headers: a ticket, else an access token, else nobody.
    async fn identify(&self, headers: &HeaderMap) -> Result<Actor, Problem> {
        if let Some(ticket) = headers.get(TICKET_HEADER) {
            return self.ticket(ticket.to_str().unwrap_or(""));
        }
        let Some(authorization) = headers.get(header::AUTHORIZATION) else { return Ok(Actor::Anonymous) };
        let token =
            authorization.to_str().ok().and_then(|value| value.strip_prefix("Bearer ")).ok_or_else(|| {
                Problem::unauthenticated(
                    "auth.token_invalid",
                    "The Authorization header must be `Bearer` and a token.",
                )
            })?;
        Box::pin(self.token(token)).await
    }

    /// The actor behind an access token.
    ///
    /// # Errors
    /// 401 when it isn't ours, or has expired; 503 when auth-service's keys can't be had.
    pub async fn token(&self, token: &str) -> Result<Actor, Problem> {
        Ok(Actor::Account(self.tokens.verify(token).await?.as_ref().clone()))
    }

    /// The actor behind an exam ticket.
    ///
    /// # Errors
    /// 401 when it isn't ours, or has expired.
    pub fn ticket(&self, sealed: &str) -> Result<Actor, Problem> {
        match self.tickets.open(sealed, self.clock.now()) {
            Ok(ticket) => Ok(Actor::Ticket(ticket)),
            Err(TicketError::Expired) => Err(Problem::unauthenticated(
                "auth.ticket_expired",
                "This exam ticket has expired. Check in again.",
            )),
            Err(TicketError::Forged) => Err(Problem::unauthenticated(
                "auth.ticket_invalid",
                "This exam ticket isn't valid. Check in again.",
            )),
        }
    }
}

impl fmt::Debug for Doorman {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Doorman")
    }
}

/// Who is asking, as an argument of a handler.
#[derive(Clone, Debug)]
pub struct Caller(pub Actor);

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        Ok(Self(parts.extensions.get::<Actor>().cloned().unwrap_or(Actor::Anonymous)))
    }
}
