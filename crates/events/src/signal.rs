//! Signals: hints to look again. Many about the same become one; between replicas they may be lost. Whoever needs to know asks.

use std::{
    collections::{HashMap, HashSet},
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
};

use tokio::sync::Notify;
use uuid::Uuid;

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
#[derive(Clone, Debug, Default)]
pub struct Signals {
    heard_here: Listeners,
    sent_here: Listeners,
}

impl Signals {
    /// A carrier without listeners.
    pub fn new() -> Self {
        Self::default()
    }

    /// Tells whoever listens.
    pub fn send(&self, signal: Signal) {
        self.heard_here.tell(signal);
        self.sent_here.tell(signal);
    }

    /// Listens from now on, to what is sent here and elsewhere.
    pub fn listen(&self) -> Listener {
        self.heard_here.join()
    }

    /// What is sent here, from now on, and nothing that came from elsewhere: for who carries it to replicas.
    pub fn outgoing(&self) -> Listener {
        self.sent_here.join()
    }

    /// Tells whoever listens here of what was sent elsewhere.
    pub fn deliver(&self, signal: Signal) {
        self.heard_here.tell(signal);
    }
}

#[derive(Clone, Debug, Default)]
struct Listeners(Arc<Mutex<Vec<Weak<Mailbox>>>>);

impl Listeners {
    fn join(&self) -> Listener {
        let mailbox = Arc::default();
        lock(&self.0).push(Arc::downgrade(&mailbox));
        Listener(mailbox)
    }

    fn tell(&self, signal: Signal) {
        lock(&self.0).retain(|listener| {
            let listener = listener.upgrade();
            listener.is_some_and(|mailbox| {
                mailbox.put(signal);
                true
            })
        });
    }
}

/// Hears signals, each attempt's newest and each sitting once, however many were sent and however slow it is: a whole hall that is
/// given time at once is told.
#[derive(Debug)]
pub struct Listener(Arc<Mailbox>);

impl Listener {
    /// What has come; waits for something. Loses nothing when it is dropped while it waits.
    pub async fn next(&mut self) -> Vec<Signal> {
        loop {
            let came = self.take();
            if !came.is_empty() {
                return came;
            }
            self.0.came.notified().await;
        }
    }

    /// What has come so far.
    pub fn take(&mut self) -> Vec<Signal> {
        let mut came: Vec<Signal> = self.take_attempts().into_iter().map(attempt).collect();
        came.extend(self.take_sittings().into_iter().map(|sitting| Signal::Sitting { sitting }));
        came
    }

    /// Attempts of which something has come so far, with their newest versions.
    pub fn take_attempts(&mut self) -> HashMap<Uuid, i64> {
        mem::take(&mut lock(&self.0.waiting).attempts)
    }

    /// Sittings of which something has come so far.
    pub fn take_sittings(&mut self) -> HashSet<Uuid> {
        mem::take(&mut lock(&self.0.waiting).sittings)
    }
}

#[derive(Debug, Default)]
struct Mailbox {
    waiting: Mutex<Waiting>,
    came: Notify,
}

#[derive(Debug, Default)]
struct Waiting {
    attempts: HashMap<Uuid, i64>,
    sittings: HashSet<Uuid>,
}

impl Mailbox {
    fn put(&self, signal: Signal) {
        let mut waiting = lock(&self.waiting);
        match signal {
            Signal::Attempt { attempt, version } => {
                let newest = waiting.attempts.entry(attempt).or_insert(version);
                *newest = version.max(*newest);
            }
            Signal::Sitting { sitting } => {
                waiting.sittings.insert(sitting);
            }
        }
        drop(waiting);
        self.came.notify_one();
    }
}

const fn attempt((attempt, version): (Uuid, i64)) -> Signal {
    Signal::Attempt { attempt, version }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_from_elsewhere_is_heard_and_does_not_go_out_again() {
        let signals = Signals::new();
        let (mut heard, mut outgoing) = (signals.listen(), signals.outgoing());
        let (mine, theirs) = (
            Signal::Attempt { attempt: Uuid::from_u128(1), version: 1 },
            Signal::Sitting { sitting: Uuid::from_u128(2) },
        );
        signals.send(mine);
        signals.deliver(theirs);
        assert_eq!(heard.take(), [mine, theirs]);
        assert_eq!(outgoing.take(), [mine]);
        assert_eq!(outgoing.take(), []);
    }

    #[tokio::test]
    async fn a_whole_hall_is_told_however_slow_who_listens_is_and_many_hints_become_one() {
        let signals = Signals::new();
        let mut heard = signals.listen();
        for number in 0..100_000 {
            signals.send(Signal::Attempt { attempt: Uuid::from_u128(number), version: 1 });
            signals.send(Signal::Attempt {
                attempt: Uuid::from_u128(0),
                version: i64::try_from(number).unwrap(),
            });
            signals.send(Signal::Sitting { sitting: Uuid::from_u128(1) });
        }
        let told = heard.next().await;
        assert_eq!(told.len(), 100_001);
        assert!(told.contains(&Signal::Attempt { attempt: Uuid::from_u128(0), version: 99_999 }));
        assert_eq!(heard.take(), []);
    }

    #[tokio::test]
    async fn who_waits_is_woken_and_who_has_gone_is_forgotten() {
        let signals = Signals::new();
        let mut heard = signals.listen();
        drop(signals.listen());
        let waiting = tokio::spawn(async move { heard.next().await });
        tokio::task::yield_now().await;
        let signal = Signal::Sitting { sitting: Uuid::from_u128(1) };
        signals.send(signal);
        assert_eq!(waiting.await.unwrap(), [signal]);
        signals.send(signal);
        assert!(lock(&signals.heard_here.0).is_empty());
    }
}
