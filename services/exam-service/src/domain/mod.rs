//! The exam engine's rules: pure, without IO, clock or async. `now` and randomness are arguments.

pub mod admission;
pub mod answer_file;
pub mod arrangement;
pub mod assemble;
pub mod attempt;
pub mod csv_cells;
pub mod delivery;
pub mod entry;
pub mod finding;
pub mod one_way;
pub mod outages;
pub mod paper;
pub mod pauses;
pub mod publish;
pub mod retime;
pub mod review;
pub mod roster;
pub mod schedule;
pub mod scoring;
pub mod sealed;
pub mod seen;
pub mod stall;
pub mod takeover;
pub mod time;
