//! Speaks to the application as a browser does, without a network between.

use anyhow::{Context as _, Result, bail};
use axum::{
    Router,
    body::Body,
    http::{Method, Request, header},
};
use foundation::Problem;
use http_body_util::BodyExt as _;
use http_kit::TICKET_HEADER;
use serde::{Serialize, de::DeserializeOwned};
use tower::ServiceExt as _;

/// Who asks.
#[derive(Clone, Copy, Debug)]
pub enum As<'a> {
    /// Nobody yet: signs in or checks in.
    Nobody,
    /// A person with this access token.
    Person(&'a str),
    /// A candidate with this exam ticket.
    Candidate(&'a str),
}

/// Speaks to the application. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Client(Router);

impl Client {
    /// A client of `router`.
    pub const fn new(router: Router) -> Self {
        Self(router)
    }

    /// Asks.
    ///
    /// # Errors
    /// What the application refused, and why.
    pub async fn get<T: DeserializeOwned>(&self, who: As<'_>, path: &str) -> Result<T> {
        self.send(who, Method::GET, path, None).await
    }

    /// Sends JSON.
    ///
    /// # Errors
    /// As for [`Client::get`].
    pub async fn post<T: DeserializeOwned>(
        &self,
        who: As<'_>,
        path: &str,
        body: &impl Serialize,
    ) -> Result<T> {
        self.json(who, Method::POST, path, body).await
    }

    /// Sends JSON that replaces something.
    ///
    /// # Errors
    /// As for [`Client::get`].
    pub async fn put<T: DeserializeOwned>(
        &self,
        who: As<'_>,
        path: &str,
        body: &impl Serialize,
    ) -> Result<T> {
        self.json(who, Method::PUT, path, body).await
    }

    /// Sends a file.
    ///
    /// # Errors
    /// As for [`Client::get`].
    pub async fn file<T: DeserializeOwned>(
        &self,
        who: As<'_>,
        path: &str,
        content_type: &str,
        file: Vec<u8>,
    ) -> Result<T> {
        self.send(who, Method::POST, path, Some((content_type, file))).await
    }

    async fn json<T: DeserializeOwned>(
        &self,
        who: As<'_>,
        method: Method,
        path: &str,
        body: &impl Serialize,
    ) -> Result<T> {
        let body = serde_json::to_vec(body)?;
        self.send(who, method, path, Some(("application/json", body))).await
    }

    async fn send<T: DeserializeOwned>(
        &self,
        who: As<'_>,
        method: Method,
        path: &str,
        body: Option<(&str, Vec<u8>)>,
    ) -> Result<T> {
        let mut request = Request::builder()
            .method(method.clone())
            .uri(path)
            .header(header::USER_AGENT, "exam-system demo");
        request = match who {
            As::Nobody => request,
            As::Person(token) => request.header(header::AUTHORIZATION, format!("Bearer {token}")),
            As::Candidate(ticket) => request.header(TICKET_HEADER, ticket),
        };
        let request = match body {
            Some((content_type, bytes)) => {
                request.header(header::CONTENT_TYPE, content_type).body(Body::from(bytes))
            }
            None => request.body(Body::empty()),
        };
        let response =
            match self.0.clone().oneshot(request.with_context(|| format!("{method} {path}"))?).await {
                Ok(response) => response,
                Err(never) => match never {},
            };
        let status = response.status();
        let body =
            response.into_body().collect().await.with_context(|| format!("{method} {path}"))?.to_bytes();
        if !status.is_success() {
            bail!("{method} {path}: {status}: {}", refusal(&body));
        }
        let body: &[u8] = if body.is_empty() { b"null" } else { &body };
        serde_json::from_slice(body).with_context(|| format!("what {method} {path} answered"))
    }
}

fn refusal(body: &[u8]) -> String {
    match serde_json::from_slice::<Problem>(body) {
        Ok(problem) => {
            let errors = problem
                .errors
                .iter()
                .map(|error| format!("; {} {}", error.field.as_deref().unwrap_or("-"), error.message));
            errors.fold(problem.detail.to_string(), |text, error| text + &error)
        }
        Err(_) => String::from_utf8_lossy(body).into_owned(),
    }
}
