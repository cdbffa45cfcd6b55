//! Redis, shared by replicas: it carries what they say to one another, and counts limits for all.
//!
//! Nothing lives there that can't be lost: without Redis each process limits for itself, and replicas hear each other
//! through the database. Nobody waits for it longer than [`WAIT_MAX`], and after a few such waits nobody waits at all until it
//! answers again.

mod carrier;
mod connection;
mod limits;
mod settings;

pub use connection::{Cache, WAIT_MAX};
pub use limits::SharedLimits;
pub use settings::{CacheError, CacheSettings};
