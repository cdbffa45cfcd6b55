//! A target for each prompt.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::text_part::{TextPart, part_ids, validate_parts};
use crate::{
    PartId, Why,
    fraction::Share,
    limits::{PAIRS_MAX, PAIRS_MIN},
    mark::{PartScore, Score},
    validate::Findings,
};

/// Prompts and targets. A target may belong to several prompts or, as a distractor, to none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MatchingBody {
    /// What to find a target for.
    pub prompts: Vec<TextPart>,
    /// What to choose from.
    pub targets: Vec<TextPart>,
    /// Whether each candidate sees the targets in an order of their own.
    #[serde(default = "yes")]
    pub shuffle: bool,
}

const fn yes() -> bool {
    true
}

/// The right target for each prompt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MatchingKey {
    /// Prompt → target. Another target with the same text is right as well.
    pub pairs: BTreeMap<PartId, PartId>,
    /// How it is marked.
    #[serde(default)]
    pub rule: MatchingRule,
}

/// How right pairs turn into points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MatchingRule {
    /// Each right pair brings its part.
    #[default]
    PerPair,
    /// All the points for all pairs, otherwise none.
    AllOrNothing,
}

/// The target given to each prompt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MatchingResponse {
    /// Prompt → target; a prompt that is missing isn't answered.
    pub pairs: BTreeMap<PartId, PartId>,
}

impl MatchingBody {
    pub(crate) fn validate(&self, at: &str, findings: &mut Findings) {
        let (prompts, targets) = (format!("{at}.prompts"), format!("{at}.targets"));
        findings.count(&prompts, self.prompts.len(), PAIRS_MIN, PAIRS_MAX);
        findings.count(&targets, self.targets.len(), PAIRS_MIN, PAIRS_MAX);
        validate_parts(&self.prompts, &prompts, findings);
        validate_parts(&self.targets, &targets, findings);
        findings.different(&prompts, self.prompts.iter().map(|part| part.text.text.as_str()));
    }

    fn text_of(&self, target: &PartId) -> Option<&str> {
        self.targets.iter().find(|part| part.id == *target).map(|part| part.text.text.trim())
    }
}

impl MatchingKey {
    pub(crate) fn validate(&self, body: &MatchingBody, at: &str, findings: &mut Findings) {
        let field = format!("{at}.pairs");
        findings.known(&field, self.pairs.keys(), &part_ids(&body.prompts));
        findings.known(&field, self.pairs.values(), &part_ids(&body.targets));
        for prompt in &body.prompts {
            if !self.pairs.contains_key(&prompt.id) {
                findings.add(
                    format!("{field}.{}", prompt.id),
                    "question.no_right_answer",
                    "Say which target belongs to this prompt.",
                );
            }
        }
    }

    pub(crate) fn mark(&self, body: &MatchingBody, response: &MatchingResponse) -> Score {
        let of = body.prompts.len();
        let each = Share::ratio(1, of as i64);
        let mut right = 0;
        let mut parts = Vec::with_capacity(of);
        for prompt in &body.prompts {
            let why = match (self.pairs.get(&prompt.id), response.pairs.get(&prompt.id)) {
                (_, None) => Why::Unanswered,
                (Some(wanted), Some(given)) if same_target(body, wanted, given) => Why::Right,
                _ => Why::Wrong,
            };
            let is_right = why == Why::Right;
            right += u32::from(is_right);
            let counts = is_right && self.rule == MatchingRule::PerPair;
            let share = if counts { each } else { Share::ZERO };
            parts.push(PartScore { part: prompt.id.clone(), share, why });
        }
        let share = match self.rule {
            MatchingRule::PerPair => Share::ratio(right.into(), of as i64),
            MatchingRule::AllOrNothing if right as usize == of && of > 0 => Share::FULL,
            MatchingRule::AllOrNothing => Share::ZERO,
        };
        Score { share, parts, why: Why::RightOf { right, of: of as u32 } }
    }
}

/// Two targets are the same when their texts are: nobody can tell them apart.
fn same_target(body: &MatchingBody, wanted: &PartId, given: &PartId) -> bool {
    match (body.text_of(wanted), body.text_of(given)) {
        (Some(wanted), Some(given)) => wanted == given,
        _ => false,
    }
}

impl MatchingResponse {
    pub(crate) fn check(&self, body: &MatchingBody, findings: &mut Findings) {
        let (prompts, targets) = (part_ids(&body.prompts), part_ids(&body.targets));
        for (prompt, target) in &self.pairs {
            if !prompts.contains(prompt) {
                findings.add(
                    format!("pairs.{prompt}"),
                    "response.unknown_id",
                    "The question has no such prompt.",
                );
            } else if !targets.contains(target) {
                findings.add(
                    format!("pairs.{prompt}"),
                    "response.unknown_id",
                    "The question has no such target.",
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::{
        Outcome,
        testing::{Asked, parts},
    };

    fn sounds(rule: &str) -> Asked {
        Asked::new(
            "matching",
            json!({"prompts": parts(&["frog", "newt", "cat"]), "targets": parts(&["amphibian", "mammal", "amphibian", "insect"])}),
            json!({"pairs": {"a": "a", "b": "a", "c": "b"}, "rule": rule}),
        )
    }

    fn pairs(pairs: &Value) -> Value {
        json!({"pairs": pairs})
    }

    #[test]
    fn each_right_pair_brings_its_part() {
        let asked = sounds("per_pair");
        assert_eq!(asked.points(pairs(&json!({"a": "a", "b": "a", "c": "b"}))), (1.0, Outcome::Correct));
        assert_eq!(asked.points(pairs(&json!({"a": "a", "b": "d"}))), (0.3333333, Outcome::Partial));
        assert_eq!(asked.points(pairs(&json!({"a": "d", "b": "b", "c": "a"}))), (0.0, Outcome::Wrong));
        assert_eq!(asked.points(pairs(&json!({}))), (0.0, Outcome::Unanswered));
        let strict = sounds("all_or_nothing");
        assert_eq!(strict.points(pairs(&json!({"a": "a", "b": "a"}))), (0.0, Outcome::Wrong));
        assert_eq!(strict.points(pairs(&json!({"a": "a", "b": "a", "c": "b"}))), (1.0, Outcome::Correct));
    }

    #[test]
    fn a_target_with_the_same_text_is_as_right() {
        let asked = sounds("per_pair");
        assert_eq!(asked.points(pairs(&json!({"a": "c", "b": "c", "c": "b"}))), (1.0, Outcome::Correct));
    }

    #[test]
    fn unknown_prompts_and_targets_are_refused() {
        assert_eq!(
            sounds("per_pair").misfits(pairs(&json!({"a": "z", "z": "a"}))),
            ["response.pairs.a response.unknown_id", "response.pairs.z response.unknown_id"]
        );
    }

    #[test]
    fn a_key_needs_a_target_for_every_prompt() {
        assert_eq!(sounds("per_pair").problems(), [""; 0]);
        let asked = Asked::new(
            "matching",
            json!({"prompts": parts(&["x"]), "targets": parts(&["y", "z"])}),
            json!({"pairs": {"q": "a"}}),
        );
        assert_eq!(
            asked.problems(),
            [
                "question.body.prompts question.too_few",
                "key.scheme.pairs question.id_unknown",
                "key.scheme.pairs.a question.no_right_answer",
            ]
        );
    }
}
