//! Logs and the metrics that the founding document names.
//!
//! A log line reads alone and filters well: lower case, fields with units, never an answer, a key, a token or
//! personal data.

mod dependency;
mod logs;
mod metrics_export;
pub mod names;

pub use dependency::Dependency;
pub use logs::{LogFormat, init_logs};
pub use metrics_export::{Metrics, describe};
