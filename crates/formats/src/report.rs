//! What became of each question in a file.

use foundation::FieldProblem;
use question_model::QuestionType;
use serde::{Deserialize, Serialize};

/// What became of one question in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its place in the file, from 1.
    pub number: u32,
    /// The line it begins on, from 1.
    pub line: u32,
    /// Its name, or the beginning of its text.
    pub title: String,
    /// Its type, when it could be told.
    pub question_type: Option<QuestionType>,
    /// In one word.
    pub status: EntryStatus,
    /// Reasons and warnings, each with a line, a stable code and a sentence.
    pub notes: Vec<FieldProblem>,
}

/// What became of a question, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryStatus {
    /// Fine.
    Imported,
    /// Imported, and somebody should look at it.
    ImportedWithWarning,
    /// Not imported.
    Refused,
    /// Fine, but not imported because another one was refused and all or nothing was asked for.
    HeldBack,
}
