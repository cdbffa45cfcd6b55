//! The only place that reads the machine's clock.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use crate::{Instant, Span};

/// Tells what time it is.
pub trait Clock: Send + Sync + 'static {
    /// The present moment.
    fn now(&self) -> Instant;

    /// How much time has passed since some moment that stays the same while this process lives. Nobody can set it, and
    /// it goes on while the machine sleeps: what lies between two answers has really passed.
    fn steady(&self) -> Span;
}

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one place that asks the machine")]
    fn now(&self) -> Instant {
        Instant::from_micros(jiff::Timestamp::now().as_microsecond())
    }

    #[cfg(target_os = "linux")]
    fn steady(&self) -> Span {
        // CLOCK_BOOTTIME, not CLOCK_MONOTONIC, which stands while a laptop's lid is closed (clock_gettime(2)).
        let time = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
        Span::from_micros(time.tv_sec.saturating_mul(1_000_000).saturating_add(time.tv_nsec / 1_000))
    }

    #[cfg(not(target_os = "linux"))]
    fn steady(&self) -> Span {
        static START: std::sync::LazyLock<std::time::Instant> =
            std::sync::LazyLock::new(std::time::Instant::now);
        Span::from_micros(i64::try_from(START.elapsed().as_micros()).unwrap_or(i64::MAX))
    }
}

/// A clock that stands still until it is moved: for tests, and for the test server. Clones share the hands.
#[derive(Clone, Debug)]
pub struct ManualClock {
    hands: Arc<AtomicI64>,
    /// How far the hands were put on without that time having passed.
    stepped: Arc<AtomicI64>,
}

impl ManualClock {
    /// A clock that shows `now`.
    pub fn new(now: Instant) -> Self {
        Self { hands: Arc::new(AtomicI64::new(now.as_micros())), stepped: Arc::default() }
    }

    /// A clock that shows an RFC 3339 moment.
    ///
    /// # Panics
    /// When `text` isn't one: a test's own mistake.
    #[expect(clippy::expect_used, reason = "a test's own literal")]
    pub fn at(text: &str) -> Self {
        Self::new(text.parse().expect("an RFC 3339 moment"))
    }

    /// Moves the hands forward.
    pub fn advance(&self, span: Span) {
        self.hands.fetch_add(span.as_micros(), Ordering::SeqCst);
    }

    /// Puts the hands on by `span` without that time having passed, as when somebody sets a machine's clock right.
    pub fn step(&self, span: Span) {
        self.stepped.fetch_add(span.as_micros(), Ordering::SeqCst);
        self.advance(span);
    }

    /// Puts the hands on `now`.
    pub fn set(&self, now: Instant) {
        self.hands.store(now.as_micros(), Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Instant {
        Instant::from_micros(self.hands.load(Ordering::SeqCst))
    }

    fn steady(&self) -> Span {
        Span::from_micros(self.hands.load(Ordering::SeqCst) - self.stepped.load(Ordering::SeqCst))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_is_set_has_not_gone_on() {
        let clock = ManualClock::at("2026-11-23T08:00:00Z");
        let before = (clock.now(), clock.steady());
        clock.advance(Span::from_seconds(3));
        clock.step(Span::from_minutes(60));
        assert_eq!(clock.now().since(before.0), Span::from_seconds(3_603));
        assert_eq!(clock.steady() - before.1, Span::from_seconds(3));
    }

    #[test]
    fn the_machines_steady_clock_never_goes_back() {
        let times: Vec<Span> = (0..100).map(|_| SystemClock.steady()).collect();
        assert!(times.is_sorted() && times[0] >= Span::ZERO);
    }
}
