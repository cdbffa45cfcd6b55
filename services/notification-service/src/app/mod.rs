//! One file per use case: authorize, load, decide, store, record.

pub mod list_messages;
pub mod read_all;
pub mod read_message;
pub mod send_message;
pub mod tell_candidates;

mod inbox;
