//! True or false.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{RichText, Why, mark::Score, validate::Findings};

/// A statement that is true or false; the stem is the statement.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TrueFalseBody {}

/// Which of the two is right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TrueFalseKey {
    /// Whether the statement is true.
    pub right: bool,
    /// What is said to those who answered "true".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feedback_true: Option<RichText>,
    /// What is said to those who answered "false".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feedback_false: Option<RichText>,
}

/// The candidate's verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TrueFalseResponse {
    /// Null when cleared.
    pub value: Option<bool>,
}

impl TrueFalseKey {
    pub(crate) fn validate(&self, at: &str, findings: &mut Findings) {
        findings.feedback(format!("{at}.feedback_true.text"), self.feedback_true.as_ref());
        findings.feedback(format!("{at}.feedback_false.text"), self.feedback_false.as_ref());
    }

    pub(crate) fn mark(&self, response: &TrueFalseResponse) -> Score {
        let right = response.value == Some(self.right);
        Score::all_or_nothing(right, if right { Why::Right } else { Why::Wrong })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{Outcome, testing::Asked};

    #[test]
    fn one_of_the_two_is_right() {
        let asked = Asked::new("true_false", json!({}), json!({"right": false}));
        assert_eq!(asked.problems(), [""; 0]);
        assert_eq!(asked.points(json!({"value": false})), (1.0, Outcome::Correct));
        assert_eq!(asked.points(json!({"value": true})), (0.0, Outcome::Wrong));
        assert_eq!(asked.points(json!({"value": null})), (0.0, Outcome::Unanswered));
    }
}
