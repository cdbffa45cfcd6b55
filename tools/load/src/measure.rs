//! Latencies by act: from when an act was due, so that a server which stalls doesn't hide what waited behind it.

use std::{
    cell::RefCell,
    collections::BTreeMap,
    fmt,
    rc::Rc,
    time::{Duration, Instant},
};

use anyhow::Result;
use hdrhistogram::Histogram;
use serde::Serialize;

/// What a candidate does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Exchanges the admission code for a ticket.
    CheckIn,
    /// Takes the lease for the device.
    Open,
    /// Fetches the sealed paper.
    Prefetch,
    /// Starts.
    Start,
    /// Saves an answer.
    Save,
    /// Hands in.
    HandIn,
    /// Looks at the attempt, as the player does after a hint.
    Look,
    /// Signs in with a password.
    LogIn,
    /// Opens the socket that brings hints.
    Connect,
    /// Hears through the socket that somebody in charge has changed something: from when they asked for it.
    Hint,
    /// Says that the change is on the screen.
    Seen,
    /// Looks at the result, answer by answer.
    Review,
    /// Nothing but the way there and back: the baseline.
    Echo,
}

impl Act {
    /// Its name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::CheckIn => "check-in",
            Self::Open => "open",
            Self::Prefetch => "prefetch",
            Self::Start => "start",
            Self::Save => "save",
            Self::HandIn => "hand-in",
            Self::Look => "look",
            Self::LogIn => "log-in",
            Self::Connect => "connect",
            Self::Hint => "hint",
            Self::Seen => "seen",
            Self::Review => "review",
            Self::Echo => "echo",
        }
    }
}

/// The longest latency that is told apart, in microseconds.
const MICROS_MAX: u64 = 600_000_000;

/// What happened in one second.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Second {
    /// Acts that were due in it and were answered well.
    pub done: u64,
    /// The slowest of them, in microseconds.
    pub slowest_us: u64,
}

struct OfAct {
    latencies: Histogram<u64>,
    seconds: BTreeMap<u64, Second>,
    errors: BTreeMap<String, u64>,
    slowest_failed_us: u64,
}

struct Inner {
    since: Instant,
    template: Histogram<u64>,
    acts: BTreeMap<Act, OfAct>,
}

impl Inner {
    fn of(&mut self, act: Act) -> &mut OfAct {
        let Self { acts, template, .. } = self;
        acts.entry(act).or_insert_with(|| OfAct {
            latencies: template.clone(),
            seconds: BTreeMap::new(),
            errors: BTreeMap::new(),
            slowest_failed_us: 0,
        })
    }
}

/// Takes down what happened. Cheap to clone; of one thread.
#[derive(Clone)]
pub struct Recorder(Rc<RefCell<Inner>>);

impl Recorder {
    /// An empty one, whose seconds count from now.
    ///
    /// # Errors
    /// Never in practice: the bounds of its histograms are fixed.
    pub fn new() -> Result<Self> {
        let template = Histogram::new_with_bounds(1, MICROS_MAX, 3)?;
        Ok(Self(Rc::new(RefCell::new(Inner { since: Instant::now(), template, acts: BTreeMap::new() }))))
    }

    /// Takes down an act that was due at `due` and is answered now.
    pub fn done(&self, act: Act, due: Instant) {
        let micros = micros_since(due);
        let mut inner = self.0.borrow_mut();
        let second = due.saturating_duration_since(inner.since).as_secs();
        let of = inner.of(act);
        of.latencies.saturating_record(micros);
        let at = of.seconds.entry(second).or_default();
        at.done += 1;
        at.slowest_us = at.slowest_us.max(micros);
    }

    /// Takes down an act that was due at `due` and has failed now, and how.
    pub fn failed(&self, act: Act, due: Instant, how: String) {
        let mut inner = self.0.borrow_mut();
        let of = inner.of(act);
        of.slowest_failed_us = of.slowest_failed_us.max(micros_since(due));
        *of.errors.entry(how).or_default() += 1;
    }

    /// How many acts of any kind were answered, well and not.
    pub fn totals(&self) -> (u64, u64) {
        let inner = self.0.borrow();
        let done = inner.acts.values().map(|of| of.latencies.len()).sum();
        let failed = inner.acts.values().flat_map(|of| of.errors.values()).sum();
        (done, failed)
    }

    /// What to report.
    pub fn summary(&self) -> Vec<ActSummary> {
        self.0.borrow().acts.iter().map(|(act, of)| ActSummary::of(*act, of)).collect()
    }
}

impl fmt::Debug for Recorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Recorder")
    }
}

/// How one kind of act went. Latencies in milliseconds.
#[derive(Clone, Debug, Serialize)]
pub struct ActSummary {
    /// The act.
    pub act: Act,
    /// How many were answered well.
    pub done: u64,
    /// Half were answered as fast.
    pub p50_ms: f64,
    /// 90 of 100.
    pub p90_ms: f64,
    /// 99 of 100.
    pub p99_ms: f64,
    /// 999 of 1,000.
    pub p999_ms: f64,
    /// The slowest.
    pub max_ms: f64,
    /// How many failed, by how.
    pub errors: BTreeMap<String, u64>,
    /// The slowest of those.
    pub max_failed_ms: f64,
    /// By second since the recorder began.
    pub seconds: BTreeMap<u64, Second>,
    /// Latency in milliseconds by share of acts: for the plot.
    pub curve: Vec<(f64, f64)>,
}

/// The shares that the plot of latencies is drawn by.
const SHARES: [f64; 12] = [0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.995, 0.999, 0.9999, 1.0];

impl ActSummary {
    fn of(act: Act, of: &OfAct) -> Self {
        let at = |share: f64| millis(of.latencies.value_at_quantile(share));
        Self {
            act,
            done: of.latencies.len(),
            p50_ms: at(0.5),
            p90_ms: at(0.9),
            p99_ms: at(0.99),
            p999_ms: at(0.999),
            max_ms: millis(of.latencies.max()),
            errors: of.errors.clone(),
            max_failed_ms: millis(of.slowest_failed_us),
            seconds: of.seconds.clone(),
            curve: SHARES.iter().map(|share| (*share, at(*share))).collect(),
        }
    }

    /// How many failed.
    pub fn failed(&self) -> u64 {
        self.errors.values().sum()
    }
}

fn micros_since(due: Instant) -> u64 {
    u64::try_from(due.elapsed().as_micros()).unwrap_or(u64::MAX).clamp(1, MICROS_MAX)
}

fn millis(micros: u64) -> f64 {
    Duration::from_micros(micros).as_secs_f64() * 1e3
}
