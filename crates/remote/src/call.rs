//! One call: its token, its deadline, and when it is made again.

use std::{fmt, sync::Arc, time::Duration};

use authz::{Actor, Secrets, Service, ServiceCall, ServiceTokenKey};
use bytes::Bytes;
use foundation::{Clock, Problem, Random, Span};
use http::{Method, Request, StatusCode, header};
use http_body_util::Full;
use http_kit::{REQUEST_ID_HEADER, SERVICE_TOKEN_HEADER, deadline, request_id};
use serde::{Serialize, de::DeserializeOwned};
use telemetry::names;
use tokio::time::Instant;

use crate::{
    Addresses,
    budget::Budget,
    transport::{Fault, Reply, Transport},
};

/// How long a service token is good: the call is received by then, or was in vain.
const TOKEN_LIFE: Span = Span::from_seconds(30);
/// Times that one call is made, at most.
const TRIES_MAX: u32 = 4;
/// The first wait before a call is made again lies between nothing and this; it doubles with each try.
const PAUSE_FIRST: Duration = Duration::from_millis(50);
/// The longest wait, unless the other side asks for more.
const PAUSE_MAX: Duration = Duration::from_secs(2);
/// When whoever asked should come again, after a call that was in vain.
const RETRY_AFTER_SECONDS: u32 = 2;

/// Who calls: a service of this process, with the installation's secret.
#[derive(Clone)]
pub struct Caller {
    issuer: Service,
    key: ServiceTokenKey,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    transport: Transport,
}

impl Caller {
    /// Calls of `issuer`.
    pub fn new(
        issuer: Service,
        secrets: &Secrets,
        (clock, random): (Arc<dyn Clock>, Arc<dyn Random>),
        transport: Transport,
    ) -> Self {
        Self { issuer, key: ServiceTokenKey::new(secrets), clock, random, transport }
    }
}

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    /// How.
    pub method: &'a Method,
    /// What: the path.
    pub path: &'a str,
    /// On whose behalf.
    pub actor: &'a Actor,
    /// Whether the same call twice does what it does once.
    pub is_idempotent: bool,
    /// How long the answer is waited for, unless whoever asked us waits for less.
    pub patience: Duration,
}

/// A service in another process.
pub struct Remote {
    service: Service,
    addresses: Addresses,
    caller: Caller,
    budget: Budget,
}

impl Remote {
    /// `service`, as `caller` reaches it.
    pub fn new(service: Service, addresses: Addresses, caller: Caller) -> Self {
        Self { service, addresses, caller, budget: Budget::new() }
    }

    /// Asks, and reads the answer.
    ///
    /// # Errors
    /// What the other side refuses, as it was refused; 503 when it can't be reached in time.
    pub async fn call<A: DeserializeOwned>(
        &self,
        ask: Ask<'_>,
        body: Option<&(impl Serialize + Sync)>,
    ) -> Result<A, Problem> {
        let body = match body {
            Some(body) => Some(Bytes::from(serde_json::to_vec(body).map_err(Problem::internal)?)),
            None => None,
        };
        let outcome = self.ask(ask, body.as_ref()).await.and_then(|reply| {
            serde_json::from_slice(&reply.body)
                .map_err(|error| self.away(format!("{} answers what can't be read: {error}", ask.path)))
        });
        let label = match &outcome {
            Ok(_) => "ok",
            Err(problem) if problem.code == AWAY => "away",
            Err(_) => "refused",
        };
        metrics::counter!(names::SERVICE_CALLS_TOTAL, "service" => self.service.name(), "outcome" => label)
            .increment(1);
        outcome
    }

    async fn ask(&self, ask: Ask<'_>, body: Option<&Bytes>) -> Result<Reply, Problem> {
        let patience = deadline::remaining().map_or(ask.patience, |left| left.min(ask.patience));
        let ends = Instant::now() + patience;
        self.budget.called();
        let addresses = self.addresses.in_turn();
        let mut unreached = addresses.len();
        let mut tries = 0;
        loop {
            let left = ends.saturating_duration_since(Instant::now());
            let Some(address) = addresses.get(tries as usize % addresses.len().max(1)) else {
                return Err(self.away("no address is set".to_owned()));
            };
            if left < Duration::from_millis(1) {
                return Err(self.away("the deadline has passed".to_owned()));
            }
            tries += 1;
            // A try may take half of the time, so that silence leaves time for another one.
            let patience = if ask.is_idempotent && tries < TRIES_MAX { left / 2 } else { left };
            let sent = tokio::time::timeout(patience, self.send(address, ask, body, patience)).await;
            let (problem, asked_for, reached) = match sent {
                Ok(Ok(reply)) if reply.status.is_success() => return Ok(reply),
                Ok(Ok(reply)) => {
                    let wait = retry_after(&reply);
                    let passes = reply.status == StatusCode::SERVICE_UNAVAILABLE;
                    let problem = self.refusal(&reply);
                    if !passes {
                        return Err(problem);
                    }
                    (problem, wait, true)
                }
                Ok(Err(Fault::Connect(why))) => {
                    unreached = unreached.saturating_sub(1);
                    (self.away(format!("{address}: {why}")), None, false)
                }
                Ok(Err(Fault::Cut(why))) => (self.away(format!("{address}: {why}")), None, true),
                Err(_) => (self.away(format!("{address}: no answer in {patience:?}")), None, true),
            };
            // Nothing has reached anybody: another replica may be asked at once, whatever the call does.
            if !reached && unreached > 0 {
                continue;
            }
            let pause = self.pause(tries).max(asked_for.unwrap_or_default());
            let left = ends.saturating_duration_since(Instant::now());
            if !ask.is_idempotent || tries >= TRIES_MAX || pause >= left || !self.budget.take() {
                return Err(problem);
            }
            metrics::counter!(names::SERVICE_CALL_RETRIES_TOTAL, "service" => self.service.name())
                .increment(1);
            tracing::info!(%problem, service = self.service.name(), path = ask.path, tries, "calling again");
            tokio::time::sleep(pause).await;
        }
    }

    async fn send(
        &self,
        address: &str,
        ask: Ask<'_>,
        body: Option<&Bytes>,
        patience: Duration,
    ) -> Result<Reply, Fault> {
        let call = ServiceCall {
            issuer: self.caller.issuer,
            audience: self.service,
            path: ask.path.to_owned(),
            actor: ask.actor.clone(),
        };
        let token = self.caller.key.seal(&call, self.caller.clock.now(), TOKEN_LIFE);
        let mut request = Request::builder()
            .method(ask.method)
            .uri(format!("{address}{}", ask.path))
            .header(SERVICE_TOKEN_HEADER, token)
            .header(deadline::DEADLINE_HEADER, patience.as_millis().to_string());
        if let Some(id) = request_id() {
            request = request.header(REQUEST_ID_HEADER, id);
        }
        if body.is_some() {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        let request = request
            .body(Full::new(body.cloned().unwrap_or_default()))
            .map_err(|error| Fault::Connect(error.to_string()))?;
        self.caller.transport.send(request).await
    }

    /// Full jitter: anything up to the longest wait of this try.
    fn pause(&self, tries: u32) -> Duration {
        let most = (PAUSE_FIRST * 2_u32.saturating_pow(tries.saturating_sub(1))).min(PAUSE_MAX);
        let micros = u64::try_from(most.as_micros()).unwrap_or(u64::MAX);
        Duration::from_micros(self.caller.random.below(micros))
    }

    /// What the other side said, when it said it as we do. Our own token refused is our affair and not the person's:
    /// their 401 would sign them out.
    fn refusal(&self, reply: &Reply) -> Problem {
        let is_problem = reply
            .headers
            .get(header::CONTENT_TYPE)
            .is_some_and(|kind| kind.as_bytes().starts_with(b"application/problem+json"));
        let problem = is_problem.then(|| serde_json::from_slice::<Problem>(&reply.body).ok()).flatten();
        match problem {
            Some(problem)
                if !matches!(problem.code.as_ref(), "service.token_refused" | "request.no_such_thing") =>
            {
                problem
            }
            Some(problem) => self.away(format!(
                "refused our call ({}): have both processes the same JWT_SECRET, version and time?",
                problem.code
            )),
            None => self.away(format!("answered {}", reply.status)),
        }
    }

    fn away(&self, why: String) -> Problem {
        Problem::unavailable(
            AWAY,
            "A part of the system that is needed for this doesn't answer just now. Try again in a moment.",
            RETRY_AFTER_SECONDS,
        )
        .log(format!("{}: {why}", self.service.name()))
    }
}

/// The code of a call that reached nobody.
const AWAY: &str = "service.unavailable";

fn retry_after(reply: &Reply) -> Option<Duration> {
    let seconds = reply.headers.get(header::RETRY_AFTER)?.to_str().ok()?.parse().ok()?;
    Some(Duration::from_secs(seconds))
}

impl fmt::Debug for Caller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Caller({})", self.issuer.name())
    }
}

impl fmt::Debug for Remote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Remote({})", self.service.name())
    }
}
