//! A text with gaps.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    numeric::NumericKey,
    short_text::{ShortTextKey, chars_default, check_length},
    single_choice::{SingleChoiceKey, SingleChoiceResponse},
};
use crate::{
    PartId, RichText, Why,
    fraction::Share,
    limits::{
        GAP_WEIGHT_MAX, GAPS_MAX, NUMBER_CHARS_MAX, OPTIONS_MAX, PART_CHARS_MAX, SHORT_TEXT_CHARS_MAX,
        STEM_CHARS_MAX,
    },
    mark::{PartScore, Score},
    render::gap_ids,
    validate::Findings,
};

/// A text with gaps, written as `[[id]]`. The stem may be empty, or say what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClozeBody {
    /// The text; `[[1]]` is where gap `1` stands.
    pub text: RichText,
    /// Each stands in the text once.
    pub gaps: Vec<Gap>,
}

/// One gap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Gap {
    /// Its stable name, as in the text.
    pub id: PartId,
    /// What goes in.
    pub input: GapKind,
}

/// What goes into a gap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum GapKind {
    /// A word or phrase.
    Text {
        /// Characters that may be written.
        #[serde(default = "chars_default")]
        chars_max: u32,
    },
    /// A number.
    Number {},
    /// One of some options.
    Choice {
        /// In the author's order.
        options: Vec<GapOption>,
        /// Whether each candidate sees them in an order of their own.
        #[serde(default)]
        shuffle: bool,
    },
}

/// An option of a gap; plain text, because it stands in a list that can't show more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GapOption {
    /// Its stable name within the gap.
    pub id: PartId,
    /// What it says.
    pub text: String,
}

/// A key for each gap.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClozeKey {
    /// By the gap's id.
    pub gaps: BTreeMap<PartId, GapKey>,
}

/// What goes right into one gap.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GapKey {
    /// Its part of the points, against the sum of all weights.
    #[serde(default = "one")]
    pub weight: u32,
    /// What is right.
    pub scheme: GapScheme,
}

const fn one() -> u32 {
    1
}

/// What is right in a gap, by its kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum GapScheme {
    /// Accepted texts.
    Text(ShortTextKey),
    /// Accepted numbers; without units.
    Number(NumericKey),
    /// A fraction for each option.
    Choice(SingleChoiceKey),
}

/// What stands in each gap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClozeResponse {
    /// By the gap's id: what was written, or the id of the chosen option. Missing or empty is not answered.
    pub gaps: BTreeMap<PartId, String>,
}

impl GapKind {
    /// Characters that a response may have in this gap.
    pub const fn chars_max(&self) -> u32 {
        match self {
            Self::Text { chars_max } => *chars_max,
            Self::Number {} => NUMBER_CHARS_MAX as u32,
            Self::Choice { .. } => PartId::CHARS_MAX as u32,
        }
    }
}

impl ClozeBody {
    pub(crate) fn validate(&self, at: &str, findings: &mut Findings) {
        findings.text(format!("{at}.text.text"), &self.text.text, STEM_CHARS_MAX);
        let list = format!("{at}.gaps");
        findings.count(&list, self.gaps.len(), 1, GAPS_MAX);
        findings.distinct(&list, self.gaps.iter().map(|gap| &gap.id));
        let mut places: BTreeMap<&str, u32> = BTreeMap::new();
        let written = gap_ids(&self.text);
        for id in &written {
            *places.entry(id.as_str()).or_default() += 1;
        }
        for (place, gap) in self.gaps.iter().enumerate() {
            let field = format!("{list}[{place}]");
            match places.remove(gap.id.as_str()) {
                None => findings.add(
                    &field,
                    "question.gap_not_in_text",
                    format!("Put [[{}]] into the text where the gap is.", gap.id),
                ),
                Some(1) => {}
                Some(_) => findings.add(
                    &field,
                    "question.gap_twice_in_text",
                    format!("[[{}]] may stand in the text only once.", gap.id),
                ),
            }
            gap.input.validate(&format!("{field}.input"), findings);
        }
        for id in places.into_keys() {
            findings.add(&list, "question.gap_undescribed", format!("Say what goes into the gap [[{id}]]."));
        }
    }
}

impl GapKind {
    fn validate(&self, at: &str, findings: &mut Findings) {
        match self {
            Self::Text { chars_max } => {
                let most = u64::from(SHORT_TEXT_CHARS_MAX);
                findings.number(format!("{at}.chars_max"), u64::from(*chars_max), 1, most);
            }
            Self::Number {} => {}
            Self::Choice { options, .. } => {
                let list = format!("{at}.options");
                findings.count(&list, options.len(), 1, OPTIONS_MAX);
                findings.distinct(&list, options.iter().map(|option| &option.id));
                findings.different(&list, options.iter().map(|option| option.text.as_str()));
                for (place, option) in options.iter().enumerate() {
                    findings.text(format!("{list}[{place}].text"), &option.text, PART_CHARS_MAX);
                }
            }
        }
    }
}

impl ClozeKey {
    pub(crate) fn texts(&self) -> impl Iterator<Item = &RichText> {
        self.gaps.values().flat_map(|gap| -> Box<dyn Iterator<Item = &RichText>> {
            match &gap.scheme {
                GapScheme::Text(key) => Box::new(key.texts()),
                GapScheme::Number(key) => Box::new(key.texts()),
                GapScheme::Choice(key) => Box::new(key.feedback.values()),
            }
        })
    }

    pub(crate) fn validate(&self, body: &ClozeBody, at: &str, findings: &mut Findings) {
        let field = format!("{at}.gaps");
        findings.known(&field, self.gaps.keys(), &body.gaps.iter().map(|gap| &gap.id).collect());
        for gap in &body.gaps {
            let field = format!("{field}.{}", gap.id);
            let Some(key) = self.gaps.get(&gap.id) else {
                findings.add(field, "question.no_right_answer", "Say what is right in this gap.");
                continue;
            };
            let weight = format!("{field}.weight");
            findings.number(weight, u64::from(key.weight), 1, u64::from(GAP_WEIGHT_MAX));
            let scheme = format!("{field}.scheme");
            match (&gap.input, &key.scheme) {
                (GapKind::Text { .. }, GapScheme::Text(key)) => key.validate(&scheme, findings),
                (GapKind::Number {}, GapScheme::Number(key)) => key.validate(&[], &scheme, findings),
                (GapKind::Choice { options, .. }, GapScheme::Choice(key)) => {
                    let known: BTreeSet<&PartId> = options.iter().map(|option| &option.id).collect();
                    key.validate_fractions(&scheme, findings);
                    findings.known(&format!("{scheme}.fractions"), key.fractions.keys(), &known);
                    findings.known(&format!("{scheme}.feedback"), key.feedback.keys(), &known);
                }
                _ => findings.add(
                    format!("{scheme}.kind"),
                    "question.key_type",
                    "The key must be of the gap's kind.",
                ),
            }
        }
    }

    pub(crate) fn mark(&self, body: &ClozeBody, response: &ClozeResponse) -> Score {
        let weight = |gap: &Gap| self.gaps.get(&gap.id).map_or(0, |key| i64::from(key.weight));
        let total: i64 = body.gaps.iter().map(weight).sum();
        let mut right = 0;
        let mut sum = Share::ZERO;
        let mut parts = Vec::with_capacity(body.gaps.len());
        for gap in &body.gaps {
            let given = response.gaps.get(&gap.id).map_or("", String::as_str);
            let score = self.mark_gap(gap, given);
            right += u32::from(score.share.is_full());
            let share = score.share.bounded().scaled(weight(gap), total);
            sum = sum.plus(share);
            parts.push(PartScore { part: gap.id.clone(), share, why: score.why });
        }
        Score { share: sum, parts, why: Why::RightOf { right, of: body.gaps.len() as u32 } }
    }

    fn mark_gap(&self, gap: &Gap, given: &str) -> Score {
        if given.trim().is_empty() {
            return Score::of(Share::ZERO, Why::Unanswered);
        }
        match (&gap.input, self.gaps.get(&gap.id).map(|key| &key.scheme)) {
            (GapKind::Text { .. }, Some(GapScheme::Text(key))) => key.mark(given),
            (GapKind::Number {}, Some(GapScheme::Number(key))) => key.mark(&[], given, None),
            (GapKind::Choice { .. }, Some(GapScheme::Choice(key))) => {
                key.mark(&SingleChoiceResponse { choice: PartId::new(given.trim()).ok() })
            }
            _ => Score::of(Share::ZERO, Why::KeyMismatch),
        }
    }
}

impl ClozeResponse {
    pub(crate) fn check(&self, body: &ClozeBody, findings: &mut Findings) {
        for (id, given) in &self.gaps {
            let field = format!("gaps.{id}");
            let Some(gap) = body.gaps.iter().find(|gap| gap.id == *id) else {
                findings.add(field, "response.unknown_id", "The question has no such gap.");
                continue;
            };
            match &gap.input {
                GapKind::Choice { options, .. } => {
                    if !given.is_empty() && !options.iter().any(|option| option.id.as_str() == given) {
                        findings.add(field, "response.unknown_id", "The gap has no such option.");
                    }
                }
                GapKind::Text { .. } | GapKind::Number {} => {
                    check_length(&field, given, gap.input.chars_max(), findings);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{Outcome, Why, testing::Asked};

    fn water() -> Asked {
        let options = json!([{"id": "a", "text": "liquid"}, {"id": "b", "text": "solid"}]);
        Asked::new(
            "cloze",
            json!({
                "text": {"text": "[[1]] boils at [[2]] °C and is [[3]] at room temperature."},
                "gaps": [
                    {"id": "1", "input": {"kind": "text", "chars_max": 10}},
                    {"id": "2", "input": {"kind": "number"}},
                    {"id": "3", "input": {"kind": "choice", "options": options}},
                ],
            }),
            json!({"gaps": {
                "1": {"scheme": {"kind": "text", "alternatives": [{"pattern": "Water", "fraction": 1}]}},
                "2": {"weight": 2, "scheme": {"kind": "number", "answers": [{"value": 100, "fraction": 1}]}},
                "3": {"scheme": {"kind": "choice", "fractions": {"a": 1}}},
            }}),
        )
    }

    #[test]
    fn each_gap_brings_its_weight() {
        let asked = water();
        assert_eq!(
            asked.points(json!({"gaps": {"1": "water", "2": "100", "3": "a"}})),
            (1.0, Outcome::Correct)
        );
        assert_eq!(asked.points(json!({"gaps": {"2": "1e2"}})), (0.5, Outcome::Partial));
        assert_eq!(asked.points(json!({"gaps": {"1": "wine", "3": "a"}})), (0.25, Outcome::Partial));
        assert_eq!(asked.points(json!({"gaps": {"1": "", "2": " "}})), (0.0, Outcome::Unanswered));
        let marked = asked.mark(json!({"gaps": {"1": "water", "2": "ten"}}));
        assert_eq!(marked.why, Why::RightOf { right: 1, of: 3 });
        let reasons: Vec<&Why> = marked.parts.iter().map(|part| &part.why).collect();
        assert!(matches!(reasons[..], [Why::TextAccepted { .. }, Why::NotANumber, Why::Unanswered]));
    }

    #[test]
    fn a_gap_takes_what_its_kind_allows() {
        assert_eq!(
            water().misfits(json!({"gaps": {"1": "far too long for it", "3": "z", "9": "x"}})),
            [
                "response.gaps.1 response.too_long",
                "response.gaps.3 response.unknown_id",
                "response.gaps.9 response.unknown_id",
            ]
        );
        assert_eq!(water().misfits(json!({"gaps": {"1": "", "3": ""}})), [""; 0]);
    }

    #[test]
    fn text_and_gaps_must_agree() {
        assert_eq!(water().problems(), [""; 0]);
        let asked = Asked::new(
            "cloze",
            json!({
                "text": {"text": "[[1]] and [[1]] and [[x]] but not `[[2]]`"},
                "gaps": [{"id": "1", "input": {"kind": "number"}}, {"id": "2", "input": {"kind": "number"}}],
            }),
            json!({"gaps": {"1": {"weight": 0, "scheme": {"kind": "choice", "fractions": {"a": 1}}}}}),
        );
        assert_eq!(
            asked.problems(),
            [
                "question.body.gaps[0] question.gap_twice_in_text",
                "question.body.gaps[1] question.gap_not_in_text",
                "question.body.gaps question.gap_undescribed",
                "key.scheme.gaps.1.weight question.number_out_of_range",
                "key.scheme.gaps.1.scheme.kind question.key_type",
                "key.scheme.gaps.2 question.no_right_answer",
            ]
        );
    }
}
