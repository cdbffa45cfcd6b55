//! One file per use case: authorize, load, decide, store, record. The only writers.

pub mod anchor_journal;
pub mod attempts;
mod audited;
pub mod close_attempt;
mod counting;
pub mod exams;
pub mod hand_over;
pub mod mark_attempt;
mod outages;
pub mod papers;
pub mod receipts;
pub mod results;
pub mod sealed_papers;
pub mod sittings;
mod units;
pub mod verify_journal;
pub mod writer;
