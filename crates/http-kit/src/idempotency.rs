//! `Idempotency-Key`: the same request again gets the same answer, and does nothing twice.
//!
//! A key belongs to who sent it, and to one request: another body under the same key is refused. Answers are kept for a
//! day. What fails on our side isn't kept, so that it can be tried again; nor is a success that is marked `no-store`,
//! because it shows a secret once.

use std::{fmt, sync::Arc};

use authz::Actor;
use axum::{
    body::{Body, Bytes, to_bytes},
    extract::Request,
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use db::{Db, MigrationText};
use foundation::{Clock, Instant, Problem, Span};
use sha2::{Digest as _, Sha256};
use sqlx::{AssertSqlSafe, FromRow};

use crate::{limits::JSON_BYTES_MAX, problem_response};

/// The tables of this crate, for every service's schema.
pub const MIGRATIONS: &[MigrationText] = &[
    db::migration!(3, "../migrations", "idempotency_keys"),
    db::migration!(20, "../migrations", "replicas"),
];

const HEADER: &str = "idempotency-key";
/// Says that an answer is the one that was given before.
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
/// The longest key.
const KEY_BYTES_MAX: usize = 200;
/// The largest answer that is kept.
const ANSWER_BYTES_MAX: usize = 4 * 1024 * 1024;
/// How long answers are kept.
const KEPT: Span = Span::from_minutes(24 * 60);
/// After this long without an answer, a request counts as lost with the process that had it.
const ABANDONED_AFTER: Span = Span::from_minutes(5);

/// Keeps the answers of one service.
#[derive(Clone)]
pub struct Idempotency {
    db: Db,
    schema: &'static str,
    clock: Arc<dyn Clock>,
}

#[derive(FromRow)]
struct Kept {
    request_hash: Vec<u8>,
    created_at: Instant,
    status: Option<i64>,
    content_type: Option<String>,
    body: Option<Vec<u8>>,
}

enum Claim {
    /// Nobody had the key: go on.
    Mine,
    /// The answer that was given before.
    Answered(Response),
}

impl Idempotency {
    /// Keeps answers in the table of `schema`.
    pub fn new(db: Db, schema: &'static str, clock: Arc<dyn Clock>) -> Self {
        Self { db, schema, clock }
    }

    /// The schema of the service whose answers it keeps.
    pub const fn schema(&self) -> &'static str {
        self.schema
    }

    /// Whether a request asks for it: it changes something, and has a key.
    pub fn is_asked(request: &Request) -> bool {
        let changes =
            matches!(*request.method(), Method::POST | Method::PUT | Method::PATCH | Method::DELETE);
        changes && request.headers().contains_key(HEADER)
    }

    /// Answers a request with a key; one without passes. Who asks must be known by now.
    pub async fn apply(&self, request: Request, next: Next) -> Response {
        let Some(key) = request.headers().get(HEADER).cloned() else { return next.run(request).await };
        match self.run(&key, request, next).await {
            Ok(response) => response,
            Err(problem) => problem_response(problem),
        }
    }

    async fn run(&self, key: &HeaderValue, request: Request, next: Next) -> Result<Response, Problem> {
        if key.is_empty() || key.len() > KEY_BYTES_MAX {
            return Err(Problem::bad_request(
                "request.idempotency_key_invalid",
                format!("An Idempotency-Key has 1 to {KEY_BYTES_MAX} bytes."),
            ));
        }
        let actor = request.extensions().get::<Actor>().cloned().unwrap_or(Actor::Anonymous);
        let Some(account) = actor.account() else { return Ok(next.run(request).await) };
        let (parts, body) = request.into_parts();
        let body = to_bytes(body, JSON_BYTES_MAX).await.map_err(|_| {
            Problem::new(413, "request.too_large", "The body is too large for an Idempotency-Key.")
        })?;

        let key_hash = digest(&[account.uuid().as_bytes(), key.as_bytes()]);
        let path = parts.uri.path_and_query().map_or("", |path| path.as_str());
        let request_hash = digest(&[parts.method.as_str().as_bytes(), path.as_bytes(), &body]);
        if let Claim::Answered(response) = self.claim(&key_hash, &request_hash).await? {
            return Ok(response);
        }
        let response = next.run(Request::from_parts(parts, Body::from(body))).await;
        self.keep(&key_hash, response).await
    }

    async fn claim(&self, key_hash: &[u8], request_hash: &[u8]) -> Result<Claim, Problem> {
        let now = self.clock.now();
        let mut tx = self.db.begin().await?;
        let old = format!(
            "DELETE FROM {}.idempotency_keys WHERE created_at < $1 OR (status IS NULL AND created_at < $2)",
            self.schema
        );
        db::on!(&mut *tx, c => sqlx::query(AssertSqlSafe(old))
            .bind(now - KEPT)
            .bind(now - ABANDONED_AFTER)
            .execute(c)
            .await
            .map(|_| ()))
        .map_err(db::Error::from)?;
        let insert = format!(
            "INSERT INTO {}.idempotency_keys (key_hash, request_hash, created_at)
             VALUES ($1, $2, $3)
             ON CONFLICT DO NOTHING",
            self.schema
        );
        let rows = db::on!(&mut *tx, c => sqlx::query(AssertSqlSafe(insert))
            .bind(key_hash)
            .bind(request_hash)
            .bind(now)
            .execute(c)
            .await
            .map(|done| done.rows_affected()))
        .map_err(db::Error::from)?;
        if rows == 1 {
            tx.commit().await?;
            return Ok(Claim::Mine);
        }
        let select = format!(
            "SELECT request_hash, created_at, status, content_type, body
             FROM {}.idempotency_keys
             WHERE key_hash = $1",
            self.schema
        );
        let kept: Option<Kept> = db::on!(&mut *tx, c => sqlx::query_as(AssertSqlSafe(select))
            .bind(key_hash)
            .fetch_optional(c)
            .await)
        .map_err(db::Error::from)?;
        drop(tx);
        let in_progress = || {
            Problem::new(
                409,
                "request.in_progress",
                "The same request is being worked on. Ask again in a moment.",
            )
        };
        let Some(kept) = kept else { return Err(in_progress()) };
        if kept.request_hash != request_hash {
            return Err(Problem::invalid(
                "request.idempotency_key_reused",
                "This Idempotency-Key was used for another request. Make a new one.",
                Vec::new(),
            ));
        }
        let Some(status) = kept.status else {
            return Err(in_progress().log(format!("since {}", kept.created_at)));
        };
        let status = u16::try_from(status).ok().and_then(|status| StatusCode::from_u16(status).ok());
        let mut response = (status.unwrap_or(StatusCode::OK), kept.body.unwrap_or_default()).into_response();
        response.headers_mut().remove(header::CONTENT_TYPE);
        if let Some(Ok(value)) = kept.content_type.map(|text| HeaderValue::from_str(&text)) {
            response.headers_mut().insert(header::CONTENT_TYPE, value);
        }
        response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
        Ok(Claim::Answered(response))
    }

    async fn keep(&self, key_hash: &[u8], response: Response) -> Result<Response, Problem> {
        let (parts, body) = response.into_parts();
        let body: Bytes = to_bytes(body, ANSWER_BYTES_MAX).await.map_err(Problem::internal)?;
        let mut tx = self.db.begin().await?;
        // A passing fault, a refusal of who is asking or how often: the same request may do better later.
        let passes = parts.status.is_server_error() || matches!(parts.status.as_u16(), 401 | 403 | 408 | 429);
        // A code or a ticket that is shown once must not lie in a table for a day: its endpoint says `no-store`.
        let is_secret = parts.status.is_success()
            && parts.headers.get(header::CACHE_CONTROL).is_some_and(|value| value == "no-store");
        if passes || is_secret {
            let delete = format!("DELETE FROM {}.idempotency_keys WHERE key_hash = $1", self.schema);
            db::on!(&mut *tx, c => sqlx::query(AssertSqlSafe(delete)).bind(key_hash).execute(c).await.map(|_| ()))
                .map_err(db::Error::from)?;
        } else {
            let update = format!(
                "UPDATE {}.idempotency_keys SET status = $1, content_type = $2, body = $3 WHERE key_hash = $4",
                self.schema
            );
            let content_type = parts.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
            db::on!(&mut *tx, c => sqlx::query(AssertSqlSafe(update))
                .bind(i64::from(parts.status.as_u16()))
                .bind(content_type)
                .bind(body.to_vec())
                .bind(key_hash)
                .execute(c)
                .await
                .map(|_| ()))
            .map_err(db::Error::from)?;
        }
        tx.commit().await?;
        Ok(Response::from_parts(parts, Body::from(body)))
    }
}

/// SHA-256 of parts, each with its length in front.
fn digest(parts: &[&[u8]]) -> Vec<u8> {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().to_vec()
}

impl fmt::Debug for Idempotency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Idempotency({})", self.schema)
    }
}
