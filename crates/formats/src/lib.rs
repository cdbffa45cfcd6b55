//! Importers and exporters of questions, each with a report of what did not fit. Pure: bytes in, questions out.
//!
//! A format is an [`Importer`]: add one by writing a module beside [`gift`] and a variant of [`Format`].
//! Whatever the bytes, an importer neither panics nor imports half a question: each question in the file gets
//! one [`Entry`] that says what became of it, and why.

mod encoding;
pub mod gift;
mod import;
mod report;

pub use encoding::Encoding;
pub use import::{
    FILE_BYTES_MAX, FileRefused, Format, IDNUMBER_CHARS_MAX, Import, ImportOptions, ImportedQuestion,
    Importer, QUESTIONS_MAX, TAG_CHARS_MAX, TAGS_MAX, TITLE_CHARS_MAX, WeightRule,
};
pub use report::{Entry, EntryStatus};
