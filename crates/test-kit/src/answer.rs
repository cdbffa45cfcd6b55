//! What came back.

use axum::{
    body::Bytes,
    http::{HeaderMap, StatusCode},
};
use serde_json::Value;

/// What came back for a request.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub body: Bytes,
}

impl Answer {
    /// The body as JSON; null when there is none.
    ///
    /// # Panics
    /// When it isn't JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        if self.body.is_empty() {
            return Value::Null;
        }
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("not JSON: {:?}", self.body))
    }

    /// The body, when the status is `status`.
    ///
    /// # Panics
    /// When it is another.
    #[track_caller]
    pub fn expect(self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", String::from_utf8_lossy(&self.body));
        self.json()
    }

    /// The problem's code, when the status is `status`.
    ///
    /// # Panics
    /// When it is another, or no problem.
    #[track_caller]
    pub fn problem(self, status: u16) -> String {
        let content_type =
            self.headers.get("content-type").map(|value| value.to_str().unwrap_or("").to_owned());
        let json = self.expect(status);
        assert_eq!(content_type.as_deref(), Some("application/problem+json"), "{json}");
        json["code"].as_str().expect("a code").to_owned()
    }
}
