//! Choose any number.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::choice_option::{ChoiceOption, option_ids, validate_options};
use crate::{
    Fraction, PartId, RichText, Why,
    fraction::Share,
    mark::{PartScore, Score},
    validate::Findings,
};

/// Options, of which any number is chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MultipleChoiceBody {
    /// In the author's order.
    pub options: Vec<ChoiceOption>,
    /// Whether each candidate sees them in an order of their own.
    #[serde(default)]
    pub shuffle: bool,
    /// The most that may be chosen; null for any number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choices_max: Option<u32>,
}

/// The right options, and what choosing them is worth.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MultipleChoiceKey {
    /// How it is marked.
    pub marking: MultipleChoiceRule,
    /// What is said to those who chose an option.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub feedback: BTreeMap<PartId, RichText>,
}

/// How chosen options turn into points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "rule", rename_all = "snake_case", deny_unknown_fields)]
pub enum MultipleChoiceRule {
    /// All the points for exactly the right options, otherwise none.
    AllOrNothing {
        /// The right options.
        right: BTreeSet<PartId>,
    },
    /// `right chosen ⁄ right there are − wrong chosen ⁄ wrong there are`, not below zero.
    ///
    /// The hit rate minus the false-alarm rate: choosing everything brings nothing.
    Partial {
        /// The right options.
        right: BTreeSet<PartId>,
    },
    /// The sum of the weights of what was chosen, between −1 and 1.
    Weighted {
        /// A share for each option; one that isn't named weighs nothing.
        weights: BTreeMap<PartId, Fraction>,
        /// Whether a sum below zero counts as zero.
        floor_zero: bool,
    },
}

/// The chosen options.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MultipleChoiceResponse {
    /// Empty when cleared.
    pub choices: Vec<PartId>,
}

impl MultipleChoiceBody {
    pub(crate) fn validate(&self, at: &str, findings: &mut Findings) {
        validate_options(&self.options, &format!("{at}.options"), findings);
        if let Some(most) = self.choices_max {
            let options = self.options.len().max(1) as u64;
            findings.number(format!("{at}.choices_max"), u64::from(most), 1, options);
        }
    }
}

impl MultipleChoiceKey {
    pub(crate) fn validate(&self, body: &MultipleChoiceBody, at: &str, findings: &mut Findings) {
        let known = option_ids(&body.options);
        let most = body.choices_max.map_or(usize::MAX, |most| most as usize);
        match &self.marking {
            MultipleChoiceRule::AllOrNothing { right } | MultipleChoiceRule::Partial { right } => {
                let field = format!("{at}.marking.right");
                findings.known(&field, right.iter(), &known);
                if right.is_empty() {
                    findings.add(&field, "question.no_right_answer", "At least one option must be right.");
                }
                if right.len() > most {
                    findings.add(
                        &field,
                        "question.unreachable",
                        "More options are right than may be chosen.",
                    );
                }
            }
            MultipleChoiceRule::Weighted { weights, .. } => {
                let field = format!("{at}.marking.weights");
                findings.known(&field, weights.keys(), &known);
                for (id, weight) in weights {
                    findings.fraction(format!("{field}.{id}"), *weight);
                }
                let mut gains: Vec<Share> = weights
                    .values()
                    .map(|weight| Share::from(*weight))
                    .filter(|gain| gain.is_positive())
                    .collect();
                gains.sort_by(|one, other| other.cmp(one));
                let best = gains.into_iter().take(most).fold(Share::ZERO, Share::plus);
                if !best.is_full() {
                    findings.add(
                        &field,
                        "question.no_right_answer",
                        "The best choice must add up to all the points (1).",
                    );
                }
            }
        }
        findings.known(&format!("{at}.feedback"), self.feedback.keys(), &known);
        for (id, text) in &self.feedback {
            findings.feedback(format!("{at}.feedback.{id}.text"), Some(text));
        }
    }

    pub(crate) fn mark(&self, body: &MultipleChoiceBody, response: &MultipleChoiceResponse) -> Score {
        let options = option_ids(&body.options);
        let chosen: BTreeSet<&PartId> =
            response.choices.iter().filter(|choice| options.contains(choice)).collect();
        match &self.marking {
            MultipleChoiceRule::AllOrNothing { right } => {
                let tally = Tally::new(&options, &chosen, right);
                let exact = tally.right == tally.right_of && tally.wrong == 0 && tally.right_of > 0;
                let why =
                    Why::AllOrNothing { right: tally.right, right_of: tally.right_of, wrong: tally.wrong };
                Score { parts: judged(&chosen, right), ..Score::all_or_nothing(exact, why) }
            }
            MultipleChoiceRule::Partial { right } => {
                let tally = Tally::new(&options, &chosen, right);
                let share = Share::ratio(tally.right.into(), tally.right_of.into())
                    .minus(Share::ratio(tally.wrong.into(), tally.wrong_of.into()))
                    .floored();
                let Tally { right: hits, right_of, wrong, wrong_of } = tally;
                let why = Why::Balance { right: hits, right_of, wrong, wrong_of };
                Score { parts: judged(&chosen, right), ..Score::of(share, why) }
            }
            MultipleChoiceRule::Weighted { weights, floor_zero } => weighted(&chosen, weights, *floor_zero),
        }
    }
}

/// How many of the right and of the wrong options were chosen.
struct Tally {
    right: u32,
    right_of: u32,
    wrong: u32,
    wrong_of: u32,
}

impl Tally {
    fn new(options: &BTreeSet<&PartId>, chosen: &BTreeSet<&PartId>, right: &BTreeSet<PartId>) -> Self {
        let count = |ids: &BTreeSet<&PartId>, is_right: bool| {
            ids.iter().filter(|id| right.contains(**id) == is_right).count() as u32
        };
        Self {
            right: count(chosen, true),
            right_of: count(options, true),
            wrong: count(chosen, false),
            wrong_of: count(options, false),
        }
    }
}

/// Says of each chosen option whether it is right; points belong to the whole.
fn judged(chosen: &BTreeSet<&PartId>, right: &BTreeSet<PartId>) -> Vec<PartScore> {
    chosen
        .iter()
        .map(|id| PartScore {
            part: (*id).clone(),
            share: Share::ZERO,
            why: if right.contains(*id) { Why::Right } else { Why::Wrong },
        })
        .collect()
}

fn weighted(chosen: &BTreeSet<&PartId>, weights: &BTreeMap<PartId, Fraction>, floor_zero: bool) -> Score {
    let weight = |id: &PartId| weights.get(id).copied().unwrap_or(Fraction::NONE);
    let sum = chosen.iter().map(|id| Share::from(weight(id))).fold(Share::ZERO, Share::plus);
    let floored = floor_zero && sum < Share::ZERO;
    let parts = chosen
        .iter()
        .map(|id| PartScore {
            part: (*id).clone(),
            share: Share::from(weight(id)),
            why: Why::OptionWorth { fraction: weight(id) },
        })
        .collect();
    let share = if floored { Share::ZERO } else { sum };
    Score { share, parts, why: Why::WeightsSum { fraction: sum.rounded(), floored } }
}

impl MultipleChoiceResponse {
    pub(crate) fn check(&self, body: &MultipleChoiceBody, findings: &mut Findings) {
        let options = option_ids(&body.options);
        let mut seen = BTreeSet::new();
        let most = body.choices_max.map_or(options.len(), |most| most as usize);
        if self.choices.len() > most {
            findings.add("choices", "response.too_many", format!("At most {most} options."));
            return;
        }
        for (place, choice) in self.choices.iter().enumerate() {
            if !options.contains(choice) {
                let field = format!("choices[{place}]");
                findings.add(field, "response.unknown_id", "The question has no such option.");
            } else if !seen.insert(choice) {
                findings.add(format!("choices[{place}]"), "response.twice", "The option is chosen twice.");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::{
        Outcome, Why,
        testing::{Asked, parts},
    };

    fn primes(marking: &Value) -> Asked {
        let body = json!({"options": parts(&["2", "3", "4", "6", "9"]), "choices_max": 4});
        Asked::new("multiple_choice", body, json!({"marking": marking}))
    }

    #[test]
    fn all_or_nothing_wants_exactly_the_right_options() {
        let asked = primes(&json!({"rule": "all_or_nothing", "right": ["a", "b"]}));
        assert_eq!(asked.points(json!({"choices": ["b", "a"]})), (1.0, Outcome::Correct));
        assert_eq!(asked.points(json!({"choices": ["a"]})), (0.0, Outcome::Wrong));
        assert_eq!(asked.points(json!({"choices": ["a", "b", "c"]})), (0.0, Outcome::Wrong));
        assert_eq!(
            asked.mark(json!({"choices": ["a", "c"]})).why,
            Why::AllOrNothing { right: 1, right_of: 2, wrong: 1 }
        );
    }

    #[test]
    fn partial_marks_balance_right_against_wrong_and_never_fall_below_zero() {
        let asked = primes(&json!({"rule": "partial", "right": ["a", "b"]}));
        assert_eq!(asked.points(json!({"choices": ["a"]})), (0.5, Outcome::Partial));
        assert_eq!(asked.points(json!({"choices": ["a", "b", "c"]})), (0.6666667, Outcome::Partial));
        assert_eq!(asked.points(json!({"choices": ["c", "d"]})), (0.0, Outcome::Wrong));
        assert_eq!(asked.points(json!({"choices": ["a", "b", "c", "d", "e"]})), (0.0, Outcome::Wrong));
    }

    #[test]
    fn weights_add_up_and_may_go_below_zero() {
        let weights = json!({"a": 0.5, "b": 0.5, "c": -0.5, "d": -0.5, "e": -1});
        let asked = primes(&json!({"rule": "weighted", "weights": weights, "floor_zero": false}));
        assert_eq!(asked.points(json!({"choices": ["a", "b"]})), (1.0, Outcome::Correct));
        assert_eq!(asked.points(json!({"choices": ["a", "c"]})), (0.0, Outcome::Wrong));
        assert_eq!(asked.points(json!({"choices": ["c"]})), (-0.5, Outcome::Wrong));
        assert_eq!(asked.points(json!({"choices": ["c", "d", "e"]})), (-1.0, Outcome::Wrong));
        let floored = primes(&json!({"rule": "weighted", "weights": weights, "floor_zero": true}));
        assert_eq!(floored.points(json!({"choices": ["c"]})), (0.0, Outcome::Wrong));
    }

    #[test]
    fn three_rounded_thirds_make_full_marks() {
        let weights = json!({"a": 0.3333333, "b": 0.3333333, "c": 0.3333333});
        let asked = primes(&json!({"rule": "weighted", "weights": weights, "floor_zero": true}));
        assert_eq!(asked.problems(), [""; 0]);
        assert_eq!(asked.points(json!({"choices": ["a", "b", "c"]})), (1.0, Outcome::Correct));
    }

    #[test]
    fn an_option_chosen_twice_counts_once_and_is_refused() {
        let asked = primes(&json!({"rule": "weighted", "weights": {"a": 0.5, "b": 0.5}, "floor_zero": true}));
        assert_eq!(asked.points(json!({"choices": ["a", "a"]})), (0.5, Outcome::Partial));
        assert_eq!(asked.misfits(json!({"choices": ["a", "a"]})), ["response.choices[1] response.twice"]);
        assert_eq!(asked.misfits(json!({"choices": ["z"]})), ["response.choices[0] response.unknown_id"]);
        assert_eq!(
            asked.misfits(json!({"choices": ["a", "b", "c", "d", "e"]})),
            ["response.choices response.too_many"]
        );
    }

    #[test]
    fn a_key_that_cannot_bring_all_the_points_is_not_valid() {
        let asked = primes(&json!({"rule": "weighted", "weights": {"a": 0.5, "b": 0.4}, "floor_zero": true}));
        assert_eq!(asked.problems(), ["key.scheme.marking.weights question.no_right_answer"]);
        let asked = primes(&json!({"rule": "partial", "right": []}));
        assert_eq!(asked.problems(), ["key.scheme.marking.right question.no_right_answer"]);
        let asked = primes(&json!({"rule": "all_or_nothing", "right": ["a", "b", "c", "d", "e"]}));
        assert_eq!(asked.problems(), ["key.scheme.marking.right question.unreachable"]);
    }
}
