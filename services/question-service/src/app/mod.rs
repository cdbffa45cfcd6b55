//! One file per use case: authorize, load, decide, store, record. The only writers.

mod access;
pub mod banks;
pub mod categories;
pub mod freeze;
pub mod media;
pub mod preview;
pub mod questions;
mod record;
pub mod stimuli;
pub mod transfer;
