//! Pure rules: no IO, no clock, no async.

pub mod admission;
pub mod judging;
pub mod pace;
