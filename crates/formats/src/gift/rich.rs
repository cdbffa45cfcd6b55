//! Text with a format tag: `[html]`, `[moodle]`, `[plain]`, `[markdown]`.

use question_model::{RichText, TextFormat};

use super::escape::{escape, show};

const TAGS: [(&str, TextFormat); 4] = [
    ("html", TextFormat::Html),
    ("moodle", TextFormat::Moodle),
    ("plain", TextFormat::Plain),
    ("markdown", TextFormat::Markdown),
];

/// The text and its format: that of the tag it begins with, otherwise `default`. An unknown tag is text.
pub(super) fn rich(text: &str, default: TextFormat) -> RichText {
    let text = text.trim();
    let tagged = text.strip_prefix('[').and_then(|rest| rest.split_once(']')).and_then(|(name, behind)| {
        TAGS.iter().find(|(tag, _)| *tag == name).map(|(_, format)| (*format, behind))
    });
    let (format, text) = tagged.unwrap_or((default, text));
    RichText::new(format, show(text).trim())
}

/// The same for feedback, which may be empty.
pub(super) fn feedback(text: Option<&str>, default: TextFormat) -> Option<RichText> {
    text.map(|text| rich(text, default)).filter(|text| !text.is_blank())
}

/// A text with its tag, escaped.
pub(super) fn written(text: &RichText) -> String {
    let tag = TAGS.iter().find(|(_, format)| *format == text.format).map_or("plain", |(tag, _)| tag);
    format!("[{tag}]{}", escape(text.text.trim()))
}
