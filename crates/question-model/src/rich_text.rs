//! Text by an author, with the format it is written in.

use serde::{Deserialize, Deserializer, Serialize};
use unicode_normalization::UnicodeNormalization as _;
use utoipa::ToSchema;

/// How an author's text is written. Every format may hold mathematics: `$…$`, `$$…$$`, `\(…\)`, `\[…\]`.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum TextFormat {
    /// CommonMark with tables and strike-through.
    #[default]
    Markdown,
    /// Shown as typed.
    Plain,
    /// HTML, as imported; sanitised before it is shown.
    Html,
    /// Moodle's auto-format: HTML whose line breaks are line breaks.
    Moodle,
}

/// Text by an author.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RichText {
    /// How it is written.
    #[serde(default)]
    pub format: TextFormat,
    /// The text, in Unicode NFC.
    #[serde(deserialize_with = "nfc")]
    pub text: String,
}

impl RichText {
    /// Text in `format`.
    pub fn new(format: TextFormat, text: impl AsRef<str>) -> Self {
        Self { format, text: text.as_ref().nfc().collect() }
    }

    /// Markdown.
    pub fn markdown(text: impl AsRef<str>) -> Self {
        Self::new(TextFormat::Markdown, text)
    }

    /// Text that is shown as typed.
    pub fn plain(text: impl AsRef<str>) -> Self {
        Self::new(TextFormat::Plain, text)
    }

    /// Whether there is nothing to read.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

fn nfc<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(String::deserialize(deserializer)?.nfc().collect())
}
