//! One file per use case: authorize, load, decide, store, record.

pub mod judge_violation;
pub mod learn;
pub mod list_attempts;
pub mod list_own_violations;
pub mod list_violations;
pub mod pace;
pub mod record_violation;

mod attempt_counts;
mod sitting;
