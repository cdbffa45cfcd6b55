//! THE binary's insides: configuration, wiring, and the commands. Nothing depends on this crate.

pub mod assets;
pub mod bus;
pub mod commands;
pub mod compose;
pub mod config;
pub mod demo;
mod keys;
mod open;
pub mod permissions;
pub mod probes;
pub mod roles;
pub mod run;
mod seal;
