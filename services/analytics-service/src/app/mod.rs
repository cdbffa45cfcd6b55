//! One file per use case: authorize, load, decide, store, record.

pub mod learn;
pub mod list_sittings;
pub mod read_statistics;
