//! How fast attempts may send signals to this process.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use authz::AttemptId;
use foundation::{Instant, Problem};

use crate::domain::pace;

/// Attempts whose pace is remembered.
const ATTEMPTS_MAX: usize = 100_000;

/// How fast attempts may send signals.
#[derive(Debug, Default)]
pub struct Paces(Mutex<HashMap<AttemptId, Instant>>);

impl Paces {
    /// Takes one signal of `attempt` that comes `now`.
    ///
    /// # Errors
    /// 429 when it sends too fast; the browser drops the signal and goes on.
    pub fn take(&self, attempt: AttemptId, now: Instant) -> Result<(), Problem> {
        let mut paces = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if paces.len() >= ATTEMPTS_MAX && !paces.contains_key(&attempt) {
            paces.retain(|_, full_at| *full_at > now);
        }
        let full_at = pace::take(paces.get(&attempt).copied(), now).map_err(|wait| {
            // A whole second more than the wait's own, so that nobody comes back too early.
            let seconds = u32::try_from(wait.as_seconds() + 1).unwrap_or(u32::MAX);
            let mut problem = Problem::new(
                429,
                "proctoring.too_many_signals",
                "This device reports too fast. The exam goes on; this report was dropped.",
            );
            problem.retry_after_seconds = Some(seconds);
            problem
        })?;
        // With so many attempts at once, a pace that isn't remembered is better than a signal that is lost.
        if paces.len() < ATTEMPTS_MAX || paces.contains_key(&attempt) {
            paces.insert(attempt, full_at);
        }
        Ok(())
    }
}
