//! The only place with SQL. One file per table family.

pub mod attempts;
pub mod sittings;
