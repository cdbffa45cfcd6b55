//! What all devices share: whether they go on, how saving goes, and what is known of clocks.

use std::{
    cell::{Cell, RefCell},
    time::{Duration, Instant},
};

use foundation::Span;
use serde::Serialize;

/// How saving went for a while.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Saving {
    /// Receipts that came.
    pub receipts: u64,
    /// Requests that failed or were refused for now, and were made again.
    pub failures: u64,
    /// The longest time in which nobody got a receipt, in milliseconds: saves were unavailable.
    pub unavailable_ms: u64,
    /// The longest time from an answer to its receipt, in milliseconds.
    pub longest_wait_ms: u64,
}

#[derive(Clone, Copy, Debug)]
struct Pulse {
    last: Instant,
    gap: Duration,
    wait: Duration,
    receipts: u64,
    failures: u64,
}

impl Pulse {
    fn new() -> Self {
        Self { last: Instant::now(), gap: Duration::ZERO, wait: Duration::ZERO, receipts: 0, failures: 0 }
    }
}

/// What all devices share.
#[derive(Debug)]
pub struct Hall {
    /// Nobody changes an answer any more.
    pub stop: Cell<bool>,
    pulse: RefCell<Pulse>,
    /// By how much the servers' clocks were off at least and at most, since the harm began.
    server_clocks: Cell<(Span, Span)>,
    /// Draws by how much each device's own clock is off; none: they are right.
    pub device_clocks: Cell<Option<u64>>,
}

impl Default for Hall {
    fn default() -> Self {
        Self {
            stop: Cell::new(false),
            pulse: RefCell::new(Pulse::new()),
            server_clocks: Cell::new((Span::ZERO, Span::ZERO)),
            device_clocks: Cell::new(None),
        }
    }
}

impl Hall {
    /// Counts from now.
    pub fn begin(&self) {
        *self.pulse.borrow_mut() = Pulse::new();
        self.server_clocks.set((Span::ZERO, Span::ZERO));
    }

    /// How saving went since [`Hall::begin`].
    pub fn saving(&self) -> Saving {
        let Pulse { last, gap, wait, receipts, failures } = *self.pulse.borrow();
        let millis = |time: Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        Saving {
            receipts,
            failures,
            unavailable_ms: millis(gap.max(last.elapsed())),
            longest_wait_ms: millis(wait),
        }
    }

    /// A receipt came, so long after the answer was made.
    pub fn saved(&self, waited: Duration) {
        let mut pulse = self.pulse.borrow_mut();
        pulse.gap = pulse.gap.max(pulse.last.elapsed());
        pulse.last = Instant::now();
        pulse.wait = pulse.wait.max(waited);
        pulse.receipts += 1;
    }

    /// A request failed.
    pub fn failed(&self) {
        self.pulse.borrow_mut().failures += 1;
    }

    /// A server's clock is off by this much from now on.
    pub fn server_clock_steps(&self, by: Span) {
        let (low, high) = self.server_clocks.get();
        self.server_clocks.set((low.min(by), high.max(by)));
    }

    /// By how much servers' clocks may have been off.
    pub fn server_clocks(&self) -> (Span, Span) {
        self.server_clocks.get()
    }
}
