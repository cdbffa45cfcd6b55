//! What a person is told when something can't be done (RFC 9457), and what the log is told.

use std::{borrow::Cow, collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A refusal or failure with two texts: one for the person, with the next step, and one for the log.
///
/// Serialises to the members of `application/problem+json`; the log's text never leaves the server.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    /// HTTP status.
    pub status: u16,
    /// Stable name of the kind of problem, `service.what_is_wrong`.
    #[schema(value_type = String)]
    pub code: Cow<'static, str>,
    /// One sentence for the person, with the next step.
    #[schema(value_type = String)]
    pub detail: Cow<'static, str>,
    /// What is wrong where, when the problem lies in what was sent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldProblem>,
    /// When to try again, in seconds; also sent as `Retry-After`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_seconds: Option<u32>,
    /// More facts for the caller, by the kind of problem.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub facts: Option<serde_json::Value>,
    /// For the log alone.
    #[serde(skip)]
    pub log: Option<String>,
}

/// One thing wrong with what was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FieldProblem {
    /// Path of the field in the body: `options[2].text`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Line of the file, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// Stable name of what is wrong.
    pub code: String,
    /// One sentence for the person.
    pub message: String,
    /// What the sentence names, by the kind of problem: for whoever says it in other words. Of files of people:
    /// `first_line` where a number stands already, `least` and `most` for bounds, `title` of a column.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: BTreeMap<String, serde_json::Value>,
}

impl FieldProblem {
    /// Something wrong with a field.
    pub fn at(field: impl Into<String>, code: impl Into<String>, message: impl Into<String>) -> Self {
        Self { field: Some(field.into()), ..Self::overall(code, message) }
    }

    /// Something wrong in a line of a file, counted from 1.
    pub fn on_line(line: u32, code: impl Into<String>, message: impl Into<String>) -> Self {
        Self { line: Some(line), ..Self::overall(code, message) }
    }

    /// Something wrong with what was sent as a whole.
    pub fn overall(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self { field: None, line: None, code: code.into(), message: message.into(), facts: BTreeMap::new() }
    }

    /// Adds something that the sentence names.
    #[must_use]
    pub fn fact(mut self, name: &str, value: impl Into<serde_json::Value>) -> Self {
        self.facts.insert(name.to_owned(), value.into());
        self
    }
}

impl Problem {
    /// A problem with this status, code and sentence.
    pub fn new(
        status: u16,
        code: impl Into<Cow<'static, str>>,
        detail: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            status,
            code: code.into(),
            detail: detail.into(),
            errors: Vec::new(),
            retry_after_seconds: None,
            facts: None,
            log: None,
        }
    }

    /// 400: what was sent can't be read.
    pub fn bad_request(code: impl Into<Cow<'static, str>>, detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(400, code, detail)
    }
    /// 401: who is asking?
    pub fn unauthenticated(code: impl Into<Cow<'static, str>>, detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(401, code, detail)
    }
    /// 403: known, and not allowed.
    pub fn forbidden() -> Self {
        Self::new(
            403,
            "auth.forbidden",
            "You don't have the right to do this. Ask an administrator for a role that has.",
        )
    }
    /// 404: not there, or not for this person to know.
    pub fn not_found(code: impl Into<Cow<'static, str>>, detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(404, code, detail)
    }
    /// 409: not in this state.
    pub fn conflict(code: impl Into<Cow<'static, str>>, detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(409, code, detail)
    }
    /// 422: readable, and not valid.
    pub fn invalid(
        code: impl Into<Cow<'static, str>>,
        detail: impl Into<Cow<'static, str>>,
        errors: Vec<FieldProblem>,
    ) -> Self {
        Self { errors, ..Self::new(422, code, detail) }
    }
    /// 503: not now; try again after `seconds`.
    pub fn unavailable(
        code: impl Into<Cow<'static, str>>,
        detail: impl Into<Cow<'static, str>>,
        seconds: u32,
    ) -> Self {
        Self { retry_after_seconds: Some(seconds), ..Self::new(503, code, detail) }
    }
    /// 500: our mistake. The person learns that nothing was changed; the log learns why.
    pub fn internal(log: impl fmt::Display) -> Self {
        Self {
            log: Some(log.to_string()),
            ..Self::new(
                500,
                "internal",
                "Something went wrong on our side and nothing was changed. Try again; if it stays, tell the operator the request id.",
            )
        }
    }

    /// Adds a text for the log.
    #[must_use]
    pub fn log(mut self, log: impl fmt::Display) -> Self {
        self.log = Some(log.to_string());
        self
    }

    /// Adds what is wrong where.
    #[must_use]
    pub fn with_errors(mut self, errors: Vec<FieldProblem>) -> Self {
        self.errors = errors;
        self
    }

    /// Adds facts for the caller.
    #[must_use]
    pub fn facts(mut self, facts: serde_json::Value) -> Self {
        self.facts = Some(facts);
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.status, self.code, self.log.as_deref().unwrap_or(&self.detail))
    }
}
impl std::error::Error for Problem {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fields_facts_are_sent_where_there_are_any() {
        let problem = FieldProblem::on_line(5, "duplicate", "This number stands on line 2 already.");
        let plain = serde_json::json!({
            "line": 5,
            "code": "duplicate",
            "message": "This number stands on line 2 already.",
        });
        assert_eq!(serde_json::to_value(&problem).unwrap(), plain);
        assert_eq!(serde_json::from_value::<FieldProblem>(plain).unwrap(), problem);
        let told = serde_json::to_value(problem.fact("first_line", 2)).unwrap();
        assert_eq!(told["facts"], serde_json::json!({ "first_line": 2 }));
    }
}
