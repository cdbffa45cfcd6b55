//! What authors do: define exams, check and publish them.

pub mod archive_exam;
pub mod check_exam;
mod compose;
pub mod create_exam;
pub mod duplicate_exam;
pub mod list_exams;
pub mod list_publications;
pub(crate) mod load;
pub mod preview_exam;
pub mod publish_exam;
pub mod read_exam;
pub mod read_publication;
mod seal_papers;
pub mod update_exam;
mod view;

pub use view::{ExamSummary, ExamView, PublicationHead};
