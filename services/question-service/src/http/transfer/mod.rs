//! Questions in from files and out to files.

pub mod export_questions;
pub mod import_questions;
pub mod report_export;
