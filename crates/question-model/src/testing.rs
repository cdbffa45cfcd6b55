//! Short ways to say a question, a key and a response in tests: as the JSON of the wire.

use foundation::Points;
use serde_json::{Value, json};

use crate::{Key, Marked, Outcome, Question, Response, mark, validate};

/// A question with this body and its key with this scheme; the `type` is put into both.
pub(crate) struct Asked {
    pub(crate) question: Question,
    pub(crate) key: Key,
    kind: &'static str,
}

impl Asked {
    pub(crate) fn new(kind: &'static str, body: Value, scheme: Value) -> Self {
        let question = json!({"stem": {"text": "Which?"}, "body": with_type(kind, body)});
        let key = json!({"scheme": with_type(kind, scheme)});
        Self {
            question: serde_json::from_value(question).expect("a question"),
            key: serde_json::from_value(key).expect("a key"),
            kind,
        }
    }

    pub(crate) fn mark(&self, response: Value) -> Marked {
        mark(&self.question, &self.key, Points::ONE, Some(&self.response(response)))
    }

    /// The points out of one, and the outcome.
    pub(crate) fn points(&self, response: Value) -> (f64, Outcome) {
        let marked = self.mark(response);
        (marked.points.to_f64(), marked.outcome)
    }

    pub(crate) fn response(&self, response: Value) -> Response {
        serde_json::from_value(with_type(self.kind, response)).expect("a response")
    }

    /// What is wrong with the question and its key, as `field code`.
    pub(crate) fn problems(&self) -> Vec<String> {
        said(validate(&self.question, &self.key))
    }

    /// What keeps this from being a response to the question, as `field code`.
    pub(crate) fn misfits(&self, response: Value) -> Vec<String> {
        said(self.response(response).check(&self.question).err().unwrap_or_default())
    }
}

fn said(problems: Vec<foundation::FieldProblem>) -> Vec<String> {
    problems
        .into_iter()
        .map(|problem| format!("{} {}", problem.field.unwrap_or_default(), problem.code))
        .collect()
}

fn with_type(kind: &str, mut value: Value) -> Value {
    value["type"] = kind.into();
    value
}

/// `a`, `b`, `c` … with these texts.
pub(crate) fn parts(texts: &[&str]) -> Value {
    let part =
        |(place, text): (usize, &&str)| json!({"id": crate::PartId::lettered(place), "text": {"text": text}});
    texts.iter().enumerate().map(part).collect()
}
