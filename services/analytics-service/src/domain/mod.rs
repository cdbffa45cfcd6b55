//! Pure rules: no IO, no clock, no async.

pub mod distribution;
pub mod histogram;
pub mod moments;
pub mod quantile;
