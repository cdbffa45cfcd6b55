//! A word or phrase.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    Folding, Fraction, RichText, Why,
    fold::matches_pattern,
    fraction::Share,
    limits::{ALTERNATIVE_CHARS_MAX, ALTERNATIVES_MAX, SHORT_TEXT_CHARS_DEFAULT, SHORT_TEXT_CHARS_MAX},
    mark::Score,
    validate::Findings,
};

/// A field for a word or phrase.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShortTextBody {
    /// Characters that may be written.
    #[serde(default = "chars_default")]
    pub chars_max: u32,
}

pub(crate) const fn chars_default() -> u32 {
    SHORT_TEXT_CHARS_DEFAULT
}

impl Default for ShortTextBody {
    fn default() -> Self {
        Self { chars_max: chars_default() }
    }
}

/// Accepted texts. The first that fits decides, in the author's order, so that a catch-all `*` stands last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShortTextKey {
    /// In the order in which they are tried.
    pub alternatives: Vec<TextAlternative>,
    /// Which differences don't matter.
    #[serde(default)]
    pub folding: Folding,
}

/// One accepted text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TextAlternative {
    /// `*` stands for any text, also none; `\*` for an asterisk.
    pub pattern: String,
    /// Its share of the points.
    pub fraction: Fraction,
    /// What is said to those who wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feedback: Option<RichText>,
}

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShortTextResponse {
    /// Empty when cleared.
    pub text: String,
}

impl ShortTextBody {
    pub(crate) fn validate(&self, at: &str, findings: &mut Findings) {
        let most = u64::from(SHORT_TEXT_CHARS_MAX);
        findings.number(format!("{at}.chars_max"), u64::from(self.chars_max), 1, most);
    }
}

impl ShortTextKey {
    pub(crate) fn texts(&self) -> impl Iterator<Item = &RichText> {
        self.alternatives.iter().filter_map(|alternative| alternative.feedback.as_ref())
    }

    pub(crate) fn validate(&self, at: &str, findings: &mut Findings) {
        let list = format!("{at}.alternatives");
        findings.count(&list, self.alternatives.len(), 1, ALTERNATIVES_MAX);
        let mut patterns: Vec<String> = Vec::new();
        for (place, alternative) in self.alternatives.iter().enumerate() {
            let field = format!("{list}[{place}].pattern");
            findings.text(&field, &alternative.pattern, ALTERNATIVE_CHARS_MAX);
            let folded = self.folding.fold(&alternative.pattern);
            if patterns.contains(&folded) {
                findings.add(&field, "question.text_duplicate", "The same answer is there already.");
            }
            patterns.push(folded);
            findings.fraction(format!("{list}[{place}].fraction"), alternative.fraction);
            findings.feedback(format!("{list}[{place}].feedback.text"), alternative.feedback.as_ref());
        }
        if !self.alternatives.iter().any(|alternative| alternative.fraction == Fraction::FULL) {
            findings.add(list, "question.no_right_answer", "One answer must bring all the points.");
        }
    }

    /// The place of the first alternative that `text` fits.
    pub(crate) fn fitting(&self, text: &str) -> Option<usize> {
        self.alternatives
            .iter()
            .position(|alternative| matches_pattern(&alternative.pattern, text, &self.folding))
    }

    pub(crate) fn mark(&self, text: &str) -> Score {
        let found = self.fitting(text).and_then(|place| Some((place, self.alternatives.get(place)?)));
        match found {
            Some((place, TextAlternative { fraction, .. })) => Score::of(
                Share::from(*fraction),
                Why::TextAccepted { alternative: place as u32, fraction: *fraction },
            ),
            None => Score::of(Share::ZERO, Why::TextNotAccepted),
        }
    }
}

impl ShortTextResponse {
    pub(crate) fn check(&self, body: &ShortTextBody, findings: &mut Findings) {
        check_length("text", &self.text, body.chars_max, findings);
    }
}

/// What a candidate wrote may have so many characters.
pub(crate) fn check_length(field: &str, text: &str, chars_max: u32, findings: &mut Findings) {
    if text.chars().count() > chars_max as usize {
        findings.add(field, "response.too_long", format!("At most {chars_max} characters."));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{Outcome, testing::Asked};

    fn animal() -> Asked {
        let alternatives = json!([
            {"pattern": "Frog", "fraction": 1},
            {"pattern": "*toad*", "fraction": 0.8},
            {"pattern": "Cat", "fraction": 0.5},
            {"pattern": "*", "fraction": 0, "feedback": {"text": "No."}},
        ]);
        Asked::new("short_text", json!({"chars_max": 20}), json!({"alternatives": alternatives}))
    }

    #[test]
    fn the_first_answer_that_fits_decides() {
        assert_eq!(animal().points(json!({"text": " frog "})), (1.0, Outcome::Correct));
        assert_eq!(animal().points(json!({"text": "a big toad!"})), (0.8, Outcome::Partial));
        assert_eq!(animal().points(json!({"text": "ｃａｔ"})), (0.5, Outcome::Partial));
        assert_eq!(animal().points(json!({"text": "dog"})), (0.0, Outcome::Wrong));
        assert_eq!(animal().points(json!({"text": "   "})), (0.0, Outcome::Unanswered));
    }

    #[test]
    fn what_is_too_long_is_refused() {
        assert_eq!(animal().misfits(json!({"text": "北".repeat(20)})), [""; 0]);
        assert_eq!(animal().misfits(json!({"text": "北".repeat(21)})), ["response.text response.too_long"]);
    }

    #[test]
    fn a_key_needs_different_answers_and_one_that_is_right() {
        assert_eq!(animal().problems(), [""; 0]);
        let alternatives = json!([
            {"pattern": "Ａ", "fraction": 0.5}, {"pattern": "a", "fraction": 0.5}, {"pattern": " ", "fraction": 2},
        ]);
        let asked = Asked::new("short_text", json!({"chars_max": 0}), json!({"alternatives": alternatives}));
        assert_eq!(
            asked.problems(),
            [
                "question.body.chars_max question.number_out_of_range",
                "key.scheme.alternatives[1].pattern question.text_duplicate",
                "key.scheme.alternatives[2].pattern question.text_empty",
                "key.scheme.alternatives[2].fraction question.fraction_out_of_range",
                "key.scheme.alternatives question.no_right_answer",
            ]
        );
    }
}
