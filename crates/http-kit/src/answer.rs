//! Problems as answers (RFC 9457).

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use foundation::Problem;
use serde::Serialize;

/// What a handler returns.
pub type ApiResult<T> = Result<T, ApiError>;

/// A problem on its way out. `?` makes one of anything that is a [`Problem`] or becomes one.
#[derive(Debug)]
pub struct ApiError(pub Problem);

impl<E: Into<Problem>> From<E> for ApiError {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        problem_response(self.0)
    }
}

#[derive(Serialize)]
struct Body<'a> {
    r#type: String,
    title: &'static str,
    #[serde(flatten)]
    problem: &'a Problem,
}

/// Writes `problem` as `application/problem+json`. Its log text goes to the log and no further.
pub fn problem_response(problem: Problem) -> Response {
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if status.is_server_error() {
        tracing::error!(code = %problem.code, why = problem.log.as_deref().unwrap_or(""), "request failed");
    } else if let Some(why) = &problem.log {
        tracing::info!(code = %problem.code, why, "request refused");
    }
    let body = Body {
        r#type: format!("/problems/{}", problem.code),
        title: status.canonical_reason().unwrap_or("Problem"),
        problem: &problem,
    };
    let json = serde_json::to_vec(&body).unwrap_or_default();
    let mut response =
        (status, [(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"))], json)
            .into_response();
    if let Some(seconds) = problem.retry_after_seconds {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
