//! What every importer takes and gives.

use foundation::{FieldProblem, Points};
use question_model::{Key, Question};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Encoding, Entry, EntryStatus, gift::Gift};

/// Bytes of the largest file that is read.
pub const FILE_BYTES_MAX: usize = 32 * 1024 * 1024;
/// Questions of the longest file that is read.
pub const QUESTIONS_MAX: usize = 60_000;
/// Characters of a title; a longer one is cut, and the report says so.
pub const TITLE_CHARS_MAX: usize = 200;
/// Characters of a tag; a longer one is left out, and the report says so.
pub const TAG_CHARS_MAX: usize = 60;
/// Tags of one question; more are left out, and the report says so.
pub const TAGS_MAX: usize = 30;
/// Characters of a question's own number; a longer one is left out, and the report says so.
pub const IDNUMBER_CHARS_MAX: usize = 100;

/// A format that questions come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Moodle's text format, one question a paragraph.
    Gift,
}

impl Format {
    /// What reads it.
    pub fn importer(self) -> &'static dyn Importer {
        match self {
            Self::Gift => &Gift,
        }
    }
}

/// Reads one format.
pub trait Importer: Send + Sync {
    /// Reads a file.
    ///
    /// # Errors
    /// When nothing of the file can be read. What is wrong with single questions is in the report.
    fn import(&self, file: &[u8], options: &ImportOptions) -> Result<Import, FileRefused>;
}

/// How a file is to be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ImportOptions {
    /// What the file is written in.
    pub encoding: Encoding,
    /// What to do with unusual weights.
    pub weights: WeightRule,
    /// Whether one refused question holds back all the others.
    pub all_or_nothing: bool,
}

/// What to do with an answer's weight that Moodle doesn't know: its list has 100, 90, 80, 75, 70, 60, 50, 40,
/// 30, 25, 20, 12.5, 10 and 5 %, thirds, sixths, sevenths, ninths, and the same below zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WeightRule {
    /// Refuse the question: it may be a slip of the pen. Rounded decimals of a known weight are taken for it.
    #[default]
    Refuse,
    /// Take the nearest weight of the list.
    Nearest,
    /// Take it as written.
    Keep,
}

/// A file, read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Import {
    /// The questions that can be used, in the file's order.
    pub items: Vec<ImportedQuestion>,
    /// Categories that the file names, in its order, also those without questions.
    pub categories: Vec<Vec<String>>,
    /// What became of each question in the file.
    pub report: Vec<Entry>,
}

/// A question from a file, checked and ready to be stored.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportedQuestion {
    /// Its place in the file, from 1; the report's entry has the same.
    pub number: u32,
    /// The line it begins on, from 1.
    pub line: u32,
    /// Its name, when it has one.
    pub title: Option<String>,
    /// Names of its category and those above it, outermost first; empty when the file names none.
    pub category: Vec<String>,
    /// Its tags, without repetition.
    pub tags: Vec<String>,
    /// The number or name that its source knows it by.
    pub idnumber: Option<String>,
    /// What is asked.
    pub question: Question,
    /// What is right.
    pub key: Key,
    /// What it is worth.
    pub points: Points,
}

impl Import {
    /// Questions that can't be used.
    pub fn refused(&self) -> usize {
        self.report.iter().filter(|entry| entry.status == EntryStatus::Refused).count()
    }

    /// Holds everything back when one question was refused.
    pub(crate) fn all_or_nothing(mut self) -> Self {
        if self.refused() > 0 {
            self.items.clear();
            self.categories.clear();
            for entry in &mut self.report {
                if entry.status != EntryStatus::Refused {
                    entry.status = EntryStatus::HeldBack;
                }
            }
        }
        self
    }
}

/// Why nothing of a file was read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileRefused {
    /// Larger than [`FILE_BYTES_MAX`].
    #[error(
        "The file is too large: {bytes} bytes, of {FILE_BYTES_MAX} allowed. Split it into several files."
    )]
    TooLarge {
        /// Its size.
        bytes: usize,
    },
    /// More questions than [`QUESTIONS_MAX`].
    #[error("The file has more than {QUESTIONS_MAX} questions. Split it into several files.")]
    TooManyQuestions {
        /// Where the first one too many begins.
        line: u32,
    },
    /// Not a text file.
    #[error("This is not a text file. Export it as text in UTF-8 and import that.")]
    NotText {
        /// Where that shows.
        line: u32,
    },
    /// Not in the encoding that was declared, or UTF-8 when none was.
    #[error("{}", encoding_message(*.declared, *.probable))]
    Encoding {
        /// Where that shows.
        line: u32,
        /// What it was read as.
        declared: Encoding,
        /// What it probably is written in.
        probable: Option<Encoding>,
    },
    /// Nothing to read.
    #[error("The file has no questions in it.")]
    Empty,
}

fn encoding_message(declared: Encoding, probable: Option<Encoding>) -> String {
    let hint = match probable {
        Some(probable) => format!(
            " It is probably written in {}: choose that encoding, or save the file as UTF-8.",
            probable.name()
        ),
        None => " Choose the encoding it is written in, or save the file as UTF-8.".to_owned(),
    };
    format!("The file is not in {}.{hint}", declared.name())
}

impl FileRefused {
    /// The line where it shows, from 1.
    pub const fn line(&self) -> Option<u32> {
        match self {
            Self::TooLarge { .. } | Self::Empty => None,
            Self::TooManyQuestions { line } | Self::NotText { line } | Self::Encoding { line, .. } => {
                Some(*line)
            }
        }
    }

    /// The stable name of what is wrong.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "import.file_too_large",
            Self::TooManyQuestions { .. } => "import.too_many_questions",
            Self::NotText { .. } => "import.not_text",
            Self::Encoding { .. } => "import.wrong_encoding",
            Self::Empty => "import.empty",
        }
    }

    /// As one entry of a problem's list.
    pub fn to_field_problem(&self) -> FieldProblem {
        let problem = FieldProblem::at("file", self.code(), self.to_string());
        FieldProblem { line: self.line(), ..problem }
    }
}
