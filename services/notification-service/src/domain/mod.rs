//! Pure rules: no IO, no clock, no async.

pub mod recipients;
