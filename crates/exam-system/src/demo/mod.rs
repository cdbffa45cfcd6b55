//! The demo: what `make run` loads into an empty database.

pub mod content;
pub mod people;
