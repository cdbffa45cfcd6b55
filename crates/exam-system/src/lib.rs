//! THE binary's insides: configuration, wiring, and the commands. Nothing depends on this crate.

pub mod assets;
pub mod commands;
pub mod compose;
pub mod config;
pub mod demo;
pub mod facts;
pub mod permissions;
pub mod probes;
pub mod run;
mod seal;
pub mod shared;
