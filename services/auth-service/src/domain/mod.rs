//! Pure rules: no IO, no clock, no async.

pub mod account;
pub mod check_in;
pub mod code;
pub mod fold;
pub mod lockout;
pub mod password;
pub mod rank;
pub mod rate;
pub mod refresh;
pub mod unit;
