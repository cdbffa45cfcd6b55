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

static HEARD: Mutex<Vec<Heard>> = Mutex::new(Vec::new());

/// A statement: its beginning, and the whole where there is more.
#[derive(Default)]
struct Heard {
    summary: String,
    more: String,
}

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
        Self::heard().map(|heard| heard.summary).collect()
    }

    /// The same, each statement whole.
    pub fn take_whole(&self) -> Vec<String> {
        Self::heard().map(|Heard { summary, more }| if more.is_empty() { summary } else { more }).collect()
    }

    fn heard() -> impl Iterator<Item = Heard> {
        let heard = std::mem::take(&mut *HEARD.lock().unwrap_or_else(PoisonError::into_inner));
        heard.into_iter().filter(|Heard { summary, .. }| {
            let word = summary.split_whitespace().next().unwrap_or_default().to_ascii_uppercase();
            !matches!(word.as_str(), "BEGIN" | "COMMIT" | "ROLLBACK" | "")
        })
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
        let mut heard = Heard::default();
        event.record(&mut heard);
        HEARD.lock().unwrap_or_else(PoisonError::into_inner).push(heard);
    }
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

impl Visit for Heard {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "summary" => value.clone_into(&mut self.summary),
            "db.statement" => value.trim().clone_into(&mut self.more),
            _ => {}
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.record_str(field, format!("{value:?}").trim_matches('"'));
    }
}
