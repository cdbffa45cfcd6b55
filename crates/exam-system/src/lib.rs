//! THE binary's insides: configuration, wiring, and the commands. Nothing depends on this crate.

pub mod assets;
pub mod commands;
pub mod compose;
pub mod config;
pub mod demo;
pub mod facts;
mod keys;
mod open;
pub mod permissions;
pub mod probes;
pub mod roles;
pub mod run;
mod seal;
pub mod shared;

/// Ten thousand candidates are many small pieces of memory that come and go on several threads: the C library's own
/// allocator spent a fifth of a save's time on them, and kept much of what was given back.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
