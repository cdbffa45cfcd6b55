//! What a candidate does in an attempt.

pub mod enter_section;
mod load;
pub mod lookups;
pub mod open_attempt;
pub mod read_attempt;
pub mod read_paper;
pub mod read_responses;
pub mod read_sealed;
pub mod report_stalls;
pub mod save_responses;
pub mod see_changes;
pub mod start_attempt;
pub mod submit_attempt;
pub mod upload_file;

pub use load::{AttemptView, GivenTime, Loaded, SectionTime};
