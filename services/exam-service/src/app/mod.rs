//! One file per use case: authorize, load, decide, store, record. The only writers.

pub mod attempts;
mod audited;
pub mod close_attempt;
mod counting;
pub mod exams;
pub mod hand_over;
pub mod mark_attempt;
pub mod papers;
pub mod results;
pub mod sittings;
mod units;
pub mod writer;
