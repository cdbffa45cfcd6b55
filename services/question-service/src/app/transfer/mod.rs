//! Questions in from files and out to files.

pub mod export_questions;
pub mod import_questions;
mod prepare;
mod report;

pub use report::{QuestionImportReport, ReportEntry, ReportStatus};
