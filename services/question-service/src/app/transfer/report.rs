//! What became of each question in a file.

use formats::{Entry, EntryStatus};
use foundation::FieldProblem;
use question_api::QuestionId;
use question_model::QuestionType;
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::limits::REPORT_ENTRIES_MAX;

/// What became of an imported file.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct QuestionImportReport {
    /// Whether this only says what would happen.
    pub dry_run: bool,
    /// Questions in the file.
    pub total: usize,
    /// Questions stored, those with warnings included.
    pub imported: usize,
    /// Stored questions that somebody should look at.
    pub with_warnings: usize,
    /// Questions that can't be used.
    pub refused: usize,
    /// Questions whose id number the bank, or the file further up, has already.
    pub duplicates: usize,
    /// Fine questions that weren't stored because all or nothing was asked for.
    pub held_back: usize,
    /// Categories made.
    pub categories_created: usize,
    /// What became of each question, in the file's order.
    pub entries: Vec<ReportEntry>,
    /// Questions without any note that `entries` leaves out because the file is long.
    pub entries_left_out: usize,
}

/// What became of one question.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReportEntry {
    /// Its place in the file, from 1.
    pub number: u32,
    /// The line it begins on, from 1.
    pub line: u32,
    /// Its name, or the beginning of its text.
    pub title: String,
    /// Its type, when it could be told.
    pub question_type: Option<QuestionType>,
    /// In one word.
    pub status: ReportStatus,
    /// The stored question; null when it wasn't stored.
    pub question_id: Option<QuestionId>,
    /// Reasons and warnings, each with a line, a stable code and a sentence.
    pub notes: Vec<FieldProblem>,
}

/// What became of a question, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReportStatus {
    /// Fine.
    Imported,
    /// Stored, and somebody should look at it.
    ImportedWithWarning,
    /// Not stored: it can't be used.
    Refused,
    /// Not stored: a question with its id number is there already.
    Duplicate,
    /// Fine, but not stored because all or nothing was asked for.
    HeldBack,
}

impl From<EntryStatus> for ReportStatus {
    fn from(status: EntryStatus) -> Self {
        match status {
            EntryStatus::Imported => Self::Imported,
            EntryStatus::ImportedWithWarning => Self::ImportedWithWarning,
            EntryStatus::Refused => Self::Refused,
            EntryStatus::HeldBack => Self::HeldBack,
        }
    }
}

impl From<Entry> for ReportEntry {
    fn from(entry: Entry) -> Self {
        let Entry { number, line, title, question_type, status, notes } = entry;
        Self { number, line, title, question_type, status: status.into(), question_id: None, notes }
    }
}

impl ReportEntry {
    /// Says that the question can't be stored, and why.
    pub(super) fn refuse(&mut self, status: ReportStatus, code: &str, message: impl Into<String>) {
        self.status = status;
        self.question_id = None;
        self.notes.push(FieldProblem::on_line(self.line, code, message));
    }

    /// Says that the question is stored, and somebody should look at it.
    pub(super) fn warn(&mut self, code: &str, message: impl Into<String>) {
        self.status = ReportStatus::ImportedWithWarning;
        self.notes.push(FieldProblem::on_line(self.line, code, message));
    }
}

impl QuestionImportReport {
    /// Counts `entries`, and leaves out those without notes when there are too many.
    pub(super) fn of(mut entries: Vec<ReportEntry>, dry_run: bool, categories_created: usize) -> Self {
        let count = |status: ReportStatus| entries.iter().filter(|entry| entry.status == status).count();
        let with_warnings = count(ReportStatus::ImportedWithWarning);
        let report = Self {
            dry_run,
            total: entries.len(),
            imported: count(ReportStatus::Imported) + with_warnings,
            with_warnings,
            refused: count(ReportStatus::Refused),
            duplicates: count(ReportStatus::Duplicate),
            held_back: count(ReportStatus::HeldBack),
            categories_created,
            entries: Vec::new(),
            entries_left_out: 0,
        };
        if entries.len() > REPORT_ENTRIES_MAX {
            entries.retain(|entry| !entry.notes.is_empty());
            entries.truncate(REPORT_ENTRIES_MAX);
        }
        Self { entries_left_out: report.total - entries.len(), entries, ..report }
    }
}
