//! A longer text, marked by a person.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::short_text::check_length;
use crate::{
    RichText, Why,
    limits::{ESSAY_CHARS_MAX, ESSAY_WORDS_MAX, STEM_CHARS_MAX},
    validate::Findings,
};

/// A field for a longer text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EssayBody {
    /// The fewest words asked for; null for no bound.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words_min: Option<u32>,
    /// The most words allowed; null for no bound. More are taken, and the marker is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words_max: Option<u32>,
    /// Characters that may be written.
    #[serde(default = "chars_default")]
    pub chars_max: u32,
}

const fn chars_default() -> u32 {
    ESSAY_CHARS_MAX
}

impl Default for EssayBody {
    fn default() -> Self {
        Self { words_min: None, words_max: None, chars_max: ESSAY_CHARS_MAX }
    }
}

/// What the marker goes by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EssayKey {
    /// How to give points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marking_notes: Option<RichText>,
    /// An answer that deserves all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model_answer: Option<RichText>,
}

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EssayResponse {
    /// Empty when cleared.
    pub text: String,
}

impl EssayBody {
    pub(crate) fn validate(&self, at: &str, findings: &mut Findings) {
        let most = u64::from(ESSAY_CHARS_MAX);
        findings.number(format!("{at}.chars_max"), u64::from(self.chars_max), 1, most);
        for (field, words) in [("words_min", self.words_min), ("words_max", self.words_max)] {
            if let Some(words) = words {
                findings.number(format!("{at}.{field}"), u64::from(words), 1, u64::from(ESSAY_WORDS_MAX));
            }
        }
        if let (Some(fewest), Some(most)) = (self.words_min, self.words_max)
            && fewest > most
        {
            findings.add(
                format!("{at}.words_min"),
                "question.number_out_of_range",
                "Not more than the most words allowed.",
            );
        }
    }

    pub(crate) fn why_by_marker(&self, response: &EssayResponse) -> Why {
        let words = count_words(&response.text);
        Why::ByMarker {
            words: Some(words),
            too_long: self.words_max.is_some_and(|most| words > most),
            too_short: self.words_min.is_some_and(|fewest| words < fewest),
        }
    }
}

impl EssayKey {
    pub(crate) fn validate(&self, at: &str, findings: &mut Findings) {
        for (field, text) in [("marking_notes", &self.marking_notes), ("model_answer", &self.model_answer)] {
            if let Some(text) = text {
                findings.at_most(format!("{at}.{field}.text"), &text.text, STEM_CHARS_MAX);
            }
        }
    }
}

impl EssayResponse {
    pub(crate) fn check(&self, body: &EssayBody, findings: &mut Findings) {
        check_length("text", &self.text, body.chars_max, findings);
    }
}

/// Words as word processors count them: each Chinese or Japanese character is one, and so is each run of other
/// characters between spaces that holds a letter or digit.
pub fn count_words(text: &str) -> u32 {
    let (mut words, mut in_word) = (0_u32, false);
    for character in text.chars() {
        if is_ideograph(character) {
            words = words.saturating_add(1);
            in_word = false;
        } else if character.is_alphanumeric() {
            words = words.saturating_add(u32::from(!in_word));
            in_word = true;
        } else if character.is_whitespace() || is_cjk_punctuation(character) {
            in_word = false;
        }
    }
    words
}

const fn is_ideograph(character: char) -> bool {
    matches!(character,
        '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

const fn is_cjk_punctuation(character: char) -> bool {
    matches!(character, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}')
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{Outcome, testing::Asked};

    #[test]
    fn words_are_counted_in_english_and_chinese() {
        assert_eq!(count_words("It's a well-known fact: 3.14 is not π."), 8);
        assert_eq!(count_words("我爱北京，ABC 123。"), 6);
        assert_eq!(count_words(" \n\t— "), 0);
    }

    #[test]
    fn a_person_marks_it_and_is_told_of_its_length() {
        let asked = Asked::new("essay", json!({"words_min": 2, "words_max": 3}), json!({}));
        let marked = asked.mark(json!({"text": "one two three four"}));
        assert_eq!(marked.outcome, Outcome::NeedsMarking);
        assert_eq!(marked.why, Why::ByMarker { words: Some(4), too_long: true, too_short: false });
        assert_eq!(asked.points(json!({"text": " "})), (0.0, Outcome::Unanswered));
    }

    #[test]
    fn bounds_must_make_sense() {
        let asked =
            Asked::new("essay", json!({"words_min": 5, "words_max": 3, "chars_max": 1_000_000}), json!({}));
        assert_eq!(
            asked.problems(),
            [
                "question.body.chars_max question.number_out_of_range",
                "question.body.words_min question.number_out_of_range",
            ]
        );
    }
}
