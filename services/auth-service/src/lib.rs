//! (being written)
pub mod domain;
