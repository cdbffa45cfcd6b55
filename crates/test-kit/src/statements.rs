//! Hears the statements that a process asks of its databases.

use std::{
    fmt,
    sync::{Mutex, PoisonError},
};

use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    span::{Attributes, Id, Record},
};

/// Where the driver tells of each statement.
const TARGET: &str = "sqlx::query";

static HEARD: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Hears every statement of this process. A test that counts must be alone in its process: one `#[test]` a file.
#[derive(Debug)]
pub struct Statements(());

impl Statements {
    /// Begins to hear.
    ///
    /// # Panics
    /// When somebody else hears already.
    pub fn hear() -> Self {
        tracing::subscriber::set_global_default(Ear).expect("nobody else hears");
        Self(())
    }

    /// The beginnings of the statements since the last time, in their order; what begins and ends a transaction is none.
    pub fn take(&self) -> Vec<String> {
        let mut heard = std::mem::take(&mut *HEARD.lock().unwrap_or_else(PoisonError::into_inner));
        heard.retain(|statement| {
            let word = statement.split_whitespace().next().unwrap_or_default().to_ascii_uppercase();
            !matches!(word.as_str(), "BEGIN" | "COMMIT" | "ROLLBACK" | "")
        });
        heard
    }
}

struct Ear;

impl Subscriber for Ear {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == TARGET
    }
    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, event: &Event<'_>) {
        let mut summary = Summary(String::new());
        event.record(&mut summary);
        HEARD.lock().unwrap_or_else(PoisonError::into_inner).push(summary.0);
    }
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

struct Summary(String);

impl Visit for Summary {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        if field.name() == "summary" {
            self.0 = format!("{value:?}").trim_matches('"').to_owned();
        }
    }
}
