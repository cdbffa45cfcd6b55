//! Text from people: normalised, trimmed and bounded.

use std::{fmt, ops::Deref};

use serde::{Deserialize, Deserializer, Serialize, de};
use unicode_normalization::UnicodeNormalization as _;
use utoipa::openapi::{ObjectBuilder, RefOr, Schema, Type};

use crate::column::stored_as;

/// Text in Unicode NFC, without white space around it, of `MIN` to `MAX` characters and no control characters
/// but line breaks and tabs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Text<const MIN: usize, const MAX: usize>(String);

/// Why a text was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Fewer characters than `min`.
    #[error("must have at least {min} characters")]
    TooShort {
        /// The least that is allowed.
        min: usize,
    },
    /// More characters than `max`.
    #[error("must have at most {max} characters")]
    TooLong {
        /// The most that is allowed.
        max: usize,
    },
    /// A control character.
    #[error("must not contain control characters")]
    Control,
}

impl<const MIN: usize, const MAX: usize> Text<MIN, MAX> {
    /// Normalises and checks `text`.
    ///
    /// # Errors
    /// When it is too short, too long, or holds a control character.
    pub fn new(text: &str) -> Result<Self, TextError> {
        if text.len() > MAX.saturating_mul(8) {
            return Err(TextError::TooLong { max: MAX });
        }
        let text: String = text.trim().nfc().collect();
        let characters = text.chars().count();
        if characters < MIN {
            Err(TextError::TooShort { min: MIN })
        } else if characters > MAX {
            Err(TextError::TooLong { max: MAX })
        } else if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
            Err(TextError::Control)
        } else {
            Ok(Self(text))
        }
    }

    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text itself, owned.
    pub fn into_string(self) -> String {
        self.0
    }
}

impl<const MAX: usize> Text<0, MAX> {
    /// No text.
    pub const fn empty() -> Self {
        Self(String::new())
    }
}

impl<const MIN: usize, const MAX: usize> Deref for Text<MIN, MAX> {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}
impl<const MIN: usize, const MAX: usize> fmt::Display for Text<MIN, MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
impl<'de, const MIN: usize, const MAX: usize> Deserialize<'de> for Text<MIN, MAX> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(&String::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}
impl<const MIN: usize, const MAX: usize> utoipa::PartialSchema for Text<MIN, MAX> {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::String).min_length(Some(MIN)).max_length(Some(MAX)).into()
    }
}
impl<const MIN: usize, const MAX: usize> utoipa::ToSchema for Text<MIN, MAX> {
    fn name() -> std::borrow::Cow<'static, str> {
        format!("Text{MIN}To{MAX}").into()
    }
}
stored_as!([const MIN: usize, const MAX: usize] Text<MIN, MAX>, String, |text| text.0.clone(), Self);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_trimmed_normalised_and_bounded() {
        assert_eq!(Text::<1, 5>::new("  e\u{301} ").unwrap().as_str(), "é");
        assert_eq!(Text::<1, 5>::new("   "), Err(TextError::TooShort { min: 1 }));
        assert_eq!(Text::<1, 5>::new("考试系统平台"), Err(TextError::TooLong { max: 5 }));
        assert_eq!(Text::<1, 5>::new("a\u{0}b"), Err(TextError::Control));
    }
}
