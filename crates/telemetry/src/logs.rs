//! Logs to standard error.

use tracing_subscriber::{EnvFilter, fmt, prelude::*};

/// How a log line looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For a person at a terminal.
    Text,
    /// One JSON object a line, for a collector.
    Json,
}

/// Starts logging at `level` (`LOG_LEVEL`, any case: a level, or tracing's filter syntax). A second call does nothing.
///
/// # Errors
/// When `level` can't be read.
pub fn init_logs(level: &str, format: LogFormat) -> Result<(), String> {
    let filter = EnvFilter::try_new(level.to_lowercase())
        .map_err(|error| format!("LOG_LEVEL {level:?} can't be read: {error}"))?;
    let registry = tracing_subscriber::registry().with(filter);
    let set = match format {
        LogFormat::Text => {
            registry.with(fmt::layer().with_writer(std::io::stderr).with_target(false)).try_init()
        }
        LogFormat::Json => registry
            .with(fmt::layer().json().flatten_event(true).with_writer(std::io::stderr).with_target(false))
            .try_init(),
    };
    // A test process may start several servers; the first one's log serves all.
    drop(set);
    Ok(())
}
