//! The candidate's surface. No type here has a field that could hold a key or another person's data.

pub mod open_attempt;
pub mod read_attempt;
pub mod read_paper;
pub mod read_responses;
pub mod save_responses;
pub mod start_attempt;
pub mod submit_attempt;
