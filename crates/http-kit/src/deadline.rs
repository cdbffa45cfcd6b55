//! Deadlines: whoever asks says how long they wait, and nobody works on an answer that nobody waits for.

use std::time::Duration;

use axum::{
    extract::Request,
    http::HeaderMap,
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use foundation::Problem;
use tokio::time::Instant;

use crate::ApiError;

/// The header that says how many milliseconds the caller still waits.
pub const DEADLINE_HEADER: &str = "deadline-ms";
/// The longest that a call between services is worked on, whatever the caller says.
pub const CALL_MAX: Duration = Duration::from_secs(60);

tokio::task_local! {
    static DEADLINE: Instant;
}

/// How long whoever asked still waits; none where nobody said.
pub fn remaining() -> Option<Duration> {
    DEADLINE.try_with(|deadline| deadline.saturating_duration_since(Instant::now())).ok()
}

/// Works on `work` for `patience` at most; what it calls learns of the deadline.
///
/// # Errors
/// 503 when time is up; then the work was stopped where it stood, and what it hadn't committed is undone.
pub async fn within<F: Future>(patience: Duration, work: F) -> Result<F::Output, Problem> {
    let deadline = Instant::now() + patience;
    DEADLINE.scope(deadline, tokio::time::timeout_at(deadline, work)).await.map_err(|_| {
        Problem::unavailable(
            "request.deadline_passed",
            "This took longer than whoever asked would wait. Try again in a moment.",
            1,
        )
    })
}

/// Answers a call of another service within its deadline.
pub(crate) async fn keep(request: Request, next: Next) -> Response {
    match within(told(request.headers()), next.run(request)).await {
        Ok(response) => response,
        Err(problem) => ApiError(problem).into_response(),
    }
}

/// How long the caller says that it waits.
fn told(headers: &HeaderMap) -> Duration {
    headers
        .get(DEADLINE_HEADER)
        .and_then(|value| value.to_str().ok())
        .and_then(|millis| millis.parse().ok())
        .map_or(CALL_MAX, |millis| Duration::from_millis(millis).min(CALL_MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn work_stops_when_its_deadline_has_passed_and_what_it_calls_knows_how_long_is_left() {
        assert_eq!(remaining(), None);
        let left = within(Duration::from_secs(5), async { remaining() }).await.unwrap();
        assert_eq!(left, Some(Duration::from_secs(5)));
        let late = within(Duration::from_secs(5), std::future::pending::<()>()).await;
        assert_eq!(late.unwrap_err().code, "request.deadline_passed");
    }

    #[test]
    fn a_caller_may_wait_for_less_than_the_longest_and_not_for_more() {
        let headers =
            |value: &str| HeaderMap::from_iter([("deadline-ms".parse().unwrap(), value.parse().unwrap())]);
        assert_eq!(told(&headers("250")), Duration::from_millis(250));
        assert_eq!(told(&headers("99999999")), CALL_MAX);
        assert_eq!(told(&headers("soon")), CALL_MAX);
    }
}
