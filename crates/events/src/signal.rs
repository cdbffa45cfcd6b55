//! Signals: hints to look again. They may be lost; whoever needs to know asks.

use tokio::sync::broadcast;
use uuid::Uuid;

/// Signals that a slow listener may fall behind by.
const BACKLOG_MAX: usize = 4_096;

/// Something changed; look again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// An attempt's time or state changed.
    Attempt {
        /// The attempt.
        attempt: Uuid,
        /// Its version now.
        version: i64,
    },
    /// The list of a sitting's attempts changed.
    Sitting {
        /// The sitting.
        sitting: Uuid,
    },
}

/// Carries signals within this process.
#[derive(Clone, Debug)]
pub struct Signals(broadcast::Sender<Signal>);

impl Signals {
    /// A carrier without listeners.
    pub fn new() -> Self {
        Self(broadcast::channel(BACKLOG_MAX).0)
    }

    /// Tells whoever listens.
    pub fn send(&self, signal: Signal) {
        // Nobody listening is fine: it's a hint.
        let _ = self.0.send(signal);
    }

    /// Listens from now on.
    pub fn listen(&self) -> broadcast::Receiver<Signal> {
        self.0.subscribe()
    }
}

impl Default for Signals {
    fn default() -> Self {
        Self::new()
    }
}
