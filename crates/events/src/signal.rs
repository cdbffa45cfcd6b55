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

/// Carries signals within this process, and offers what is sent here to whoever carries it to replicas.
#[derive(Clone, Debug)]
pub struct Signals {
    heard_here: broadcast::Sender<Signal>,
    sent_here: broadcast::Sender<Signal>,
}

impl Signals {
    /// A carrier without listeners.
    pub fn new() -> Self {
        Self { heard_here: broadcast::channel(BACKLOG_MAX).0, sent_here: broadcast::channel(BACKLOG_MAX).0 }
    }

    /// Tells whoever listens.
    pub fn send(&self, signal: Signal) {
        // Nobody listening is fine: it's a hint.
        let _ = self.heard_here.send(signal);
        let _ = self.sent_here.send(signal);
    }

    /// Listens from now on, to what is sent here and elsewhere.
    pub fn listen(&self) -> broadcast::Receiver<Signal> {
        self.heard_here.subscribe()
    }

    /// What is sent here, from now on, and nothing that came from elsewhere: for who carries it to replicas.
    pub fn outgoing(&self) -> broadcast::Receiver<Signal> {
        self.sent_here.subscribe()
    }

    /// Tells whoever listens here of what was sent elsewhere.
    pub fn deliver(&self, signal: Signal) {
        let _ = self.heard_here.send(signal);
    }
}

impl Default for Signals {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_from_elsewhere_is_heard_and_does_not_go_out_again() {
        let signals = Signals::new();
        let (mut heard, mut outgoing) = (signals.listen(), signals.outgoing());
        let (mine, theirs) = (
            Signal::Sitting { sitting: Uuid::from_u128(1) },
            Signal::Sitting { sitting: Uuid::from_u128(2) },
        );
        signals.send(mine);
        signals.deliver(theirs);
        assert_eq!((heard.try_recv().unwrap(), heard.try_recv().unwrap()), (mine, theirs));
        assert_eq!(outgoing.try_recv().unwrap(), mine);
        assert!(outgoing.try_recv().is_err());
    }
}
