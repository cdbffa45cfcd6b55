//! Something that we can do without, at a price: the broker, the cache.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use crate::names;

/// Whether something that we can do without is there. Cheap to clone; all clones tell the same.
#[derive(Clone, Debug)]
pub struct Dependency {
    name: &'static str,
    up: Arc<AtomicBool>,
}

impl Dependency {
    /// One that isn't there yet.
    pub fn new(name: &'static str) -> Self {
        let dependency = Self { name, up: Arc::default() };
        dependency.show();
        dependency
    }

    /// `broker`, `cache`.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Whether it is there.
    pub fn is_up(&self) -> bool {
        self.up.load(Ordering::Relaxed)
    }

    /// Says that it came or went; logs when that is news.
    pub fn set(&self, up: bool) {
        let was_up = self.up.swap(up, Ordering::Relaxed);
        self.show();
        match (was_up, up) {
            (false, true) => tracing::info!(dependency = self.name, "there"),
            (true, false) => {
                tracing::warn!(dependency = self.name, "away: doing without it until it returns");
            }
            _ => {}
        }
    }

    fn show(&self) {
        let up = if self.is_up() { 1.0 } else { 0.0 };
        metrics::gauge!(names::DEPENDENCY_UP, "dependency" => self.name).set(up);
    }
}
