//! The short name of one part of a question: an option, a gap, a prompt.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, de};
use utoipa::openapi::{ObjectBuilder, RefOr, Schema, Type};

/// The short, stable name of an option, gap, prompt, target or item within its question: `a`, `gap-2`.
///
/// 1 to [`PartId::CHARS_MAX`] ASCII letters, digits, `-`, `_` or `.`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct PartId(String);

/// A text that can't name a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a part's id is 1 to 32 ASCII letters, digits, dots, hyphens or underscores")]
pub struct PartIdInvalid;

impl PartId {
    /// Characters of the longest id.
    pub const CHARS_MAX: usize = 32;

    /// Checks `text`.
    ///
    /// # Errors
    /// When it is empty, too long, or holds another character.
    pub fn new(text: &str) -> Result<Self, PartIdInvalid> {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        if text.is_empty() || text.len() > Self::CHARS_MAX || !text.bytes().all(plain) {
            return Err(PartIdInvalid);
        }
        Ok(Self(text.to_owned()))
    }

    /// The id that belongs to a place in a list, counted from 0: `a` … `z`, `a1` … `z1`, `a2` …
    pub fn lettered(index: usize) -> Self {
        let letter = char::from(b'a' + (index % 26) as u8);
        if index < 26 { Self(letter.into()) } else { Self(format!("{letter}{}", index / 26)) }
    }

    /// The id that belongs to a place in a list, counted from 0: `1`, `2`, `3` …
    pub fn numbered(index: usize) -> Self {
        Self((index + 1).to_string())
    }

    /// The id itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PartId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
impl FromStr for PartId {
    type Err = PartIdInvalid;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::new(text)
    }
}
impl<'de> Deserialize<'de> for PartId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(&String::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}
impl utoipa::PartialSchema for PartId {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .pattern(Some("^[A-Za-z0-9._-]{1,32}$"))
            .description(Some("Short, stable name of a part within its question."))
            .into()
    }
}
impl utoipa::ToSchema for PartId {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_short_plain_and_distinct() {
        assert_eq!(PartId::lettered(0).as_str(), "a");
        assert_eq!(PartId::lettered(27).as_str(), "b1");
        assert!(PartId::new("").is_err());
        assert!(PartId::new("ä").is_err());
        assert!(PartId::new("a b").is_err());
        assert!(PartId::new(&"x".repeat(33)).is_err());
        assert!(serde_json::from_str::<PartId>("\"<b>\"").is_err());
    }
}
