//! Choose one.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::choice_option::{ChoiceOption, option_ids, validate_options};
use crate::{Fraction, PartId, RichText, Why, fraction::Share, mark::Score, validate::Findings};

/// Options, of which one is chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SingleChoiceBody {
    /// In the author's order.
    pub options: Vec<ChoiceOption>,
    /// Whether each candidate sees them in an order of their own.
    #[serde(default)]
    pub shuffle: bool,
}

/// What each option is worth.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SingleChoiceKey {
    /// The share of the points for choosing an option; one that isn't named brings nothing. Negative takes off.
    pub fractions: BTreeMap<PartId, Fraction>,
    /// What is said to those who chose an option.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub feedback: BTreeMap<PartId, RichText>,
}

/// The chosen option.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SingleChoiceResponse {
    /// Null when cleared.
    pub choice: Option<PartId>,
}

impl SingleChoiceBody {
    pub(crate) fn validate(&self, at: &str, findings: &mut Findings) {
        validate_options(&self.options, &format!("{at}.options"), findings);
    }
}

impl SingleChoiceKey {
    pub(crate) fn validate(&self, body: &SingleChoiceBody, at: &str, findings: &mut Findings) {
        let known = option_ids(&body.options);
        self.validate_fractions(at, findings);
        findings.known(&format!("{at}.fractions"), self.fractions.keys(), &known);
        findings.known(&format!("{at}.feedback"), self.feedback.keys(), &known);
        for (id, text) in &self.feedback {
            findings.feedback(format!("{at}.feedback.{id}.text"), Some(text));
        }
    }

    /// Some option must bring all the points.
    pub(crate) fn validate_fractions(&self, at: &str, findings: &mut Findings) {
        for (id, fraction) in &self.fractions {
            findings.fraction(format!("{at}.fractions.{id}"), *fraction);
        }
        if !self.fractions.values().any(|fraction| *fraction == Fraction::FULL) {
            findings.add(
                format!("{at}.fractions"),
                "question.no_right_answer",
                "One option must bring all the points.",
            );
        }
    }

    pub(crate) fn mark(&self, response: &SingleChoiceResponse) -> Score {
        let fraction = response
            .choice
            .as_ref()
            .and_then(|choice| self.fractions.get(choice))
            .copied()
            .unwrap_or(Fraction::NONE);
        Score::of(Share::from(fraction), Why::OptionWorth { fraction })
    }
}

impl SingleChoiceResponse {
    pub(crate) fn check(&self, body: &SingleChoiceBody, findings: &mut Findings) {
        if let Some(choice) = &self.choice
            && !option_ids(&body.options).contains(choice)
        {
            findings.add("choice", "response.unknown_id", "The question has no such option.");
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{
        Outcome,
        testing::{Asked, parts},
    };

    fn capital() -> Asked {
        Asked::new(
            "single_choice",
            json!({"options": parts(&["Paris", "Lyon", "Nice"])}),
            json!({"fractions": {"a": 1, "b": 0.5, "c": -0.25}, "feedback": {"b": {"text": "Nearly."}}}),
        )
    }

    #[test]
    fn an_option_brings_its_fraction_which_may_be_negative() {
        assert_eq!(capital().points(json!({"choice": "a"})), (1.0, Outcome::Correct));
        assert_eq!(capital().points(json!({"choice": "b"})), (0.5, Outcome::Partial));
        assert_eq!(capital().points(json!({"choice": "c"})), (-0.25, Outcome::Wrong));
        assert_eq!(capital().points(json!({"choice": null})), (0.0, Outcome::Unanswered));
    }

    #[test]
    fn an_option_that_does_not_exist_is_refused_and_worth_nothing() {
        assert_eq!(capital().misfits(json!({"choice": "z"})), ["response.choice response.unknown_id"]);
        assert_eq!(capital().points(json!({"choice": "z"})), (0.0, Outcome::Wrong));
        assert_eq!(capital().misfits(json!({"choice": "a"})), [""; 0]);
    }

    #[test]
    fn a_key_without_a_right_option_is_not_valid() {
        assert_eq!(capital().problems(), [""; 0]);
        let asked = Asked::new(
            "single_choice",
            json!({"options": parts(&["Paris", "Paris", " "])}),
            json!({"fractions": {"a": 0.9, "z": 1.5}}),
        );
        assert_eq!(
            asked.problems(),
            [
                "question.body.options[1].text question.text_duplicate",
                "question.body.options[2].text question.text_empty",
                "key.scheme.fractions.z question.fraction_out_of_range",
                "key.scheme.fractions question.no_right_answer",
                "key.scheme.fractions question.id_unknown",
            ]
        );
    }
}
