//! Marks by people, scores, release, and what candidates see of it.

pub mod export_results;
pub mod list_marking;
pub mod list_responses_to_mark;
pub mod list_results;
pub mod list_to_mark;
pub mod mark_response;
pub mod my_attempts;
pub mod read_file_to_mark;
pub mod read_journal;
pub mod read_marks;
pub mod read_review;
pub mod release_results;
mod released;
