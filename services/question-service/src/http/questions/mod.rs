//! Questions and their versions, with their keys: for authors.

mod body;

pub mod archive_question;
pub mod create_question;
pub mod delete_question;
pub mod diff_question_versions;
pub mod duplicate_question;
pub mod list_question_versions;
pub mod read_question;
pub mod read_question_version;
pub mod restore_question_version;
pub mod save_question;
pub mod search_questions;
pub mod unarchive_question;
