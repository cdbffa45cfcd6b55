//! Short ways to read GIFT.

use formats::{Encoding, Entry, EntryStatus, Format, Import, ImportOptions, ImportedQuestion, WeightRule};
use serde_json::Value;

pub fn read_with(text: &str, options: ImportOptions) -> Import {
    Format::Gift.importer().import(text.as_bytes(), &options).unwrap()
}

pub fn read(text: &str) -> Import {
    read_with(text, ImportOptions::default())
}

/// The only question of `text`.
pub fn one(text: &str) -> ImportedQuestion {
    let mut import = read(text);
    assert_eq!(import.items.len(), 1, "{:#?}", import.report);
    import.items.remove(0)
}

pub fn body(text: &str) -> Value {
    serde_json::to_value(one(text).question.body).unwrap()
}

pub fn scheme(text: &str) -> Value {
    serde_json::to_value(one(text).key.scheme).unwrap()
}

/// The only question's notes, as `line code`.
pub fn notes(text: &str) -> Vec<String> {
    let import = read(text);
    assert_eq!(import.report.len(), 1, "{:#?}", import.report);
    said(&import.report[0])
}

/// As [`notes`], of a question that is refused.
pub fn refusal(text: &str) -> String {
    let import = read(text);
    assert_eq!(import.report.len(), 1, "{:#?}", import.report);
    assert_eq!(import.report[0].status, EntryStatus::Refused);
    assert!(import.items.is_empty());
    said(&import.report[0]).join(", ")
}

pub fn said(entry: &Entry) -> Vec<String> {
    entry.notes.iter().map(|note| format!("{} {}", note.line.unwrap_or(0), note.code)).collect()
}

pub fn keeping_weights() -> ImportOptions {
    ImportOptions { encoding: Encoding::Utf8, weights: WeightRule::Keep, all_or_nothing: false }
}
