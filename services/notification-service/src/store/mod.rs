//! The only place with SQL. One file per table family.

pub mod deliveries;
pub mod messages;
pub mod releases;
