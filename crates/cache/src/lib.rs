//! Redis, shared by replicas: signals and presence between them, and limits that count for all.
//!
//! Nothing lives there that can't be lost: without Redis each process does for itself what it did for all. Nobody waits
//! for it longer than [`WAIT_MAX`], and after a few such waits nobody waits at all until it answers again.

mod connection;
mod fan_out;
mod limits;
mod settings;

pub use connection::{Cache, WAIT_MAX};
pub use fan_out::FanOut;
pub use limits::SharedLimits;
pub use settings::{CacheError, CacheSettings};
