//! Brings each signal to those who look at its attempt or sitting, and to nobody else.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use events::{Signal, Signals};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// Watched attempts and sittings. A watch holds the newest version only, so that hints coalesce by themselves.
#[derive(Clone, Debug, Default)]
pub struct Hub(Arc<Mutex<HashMap<Uuid, watch::Sender<i64>>>>);

impl Hub {
    /// Watches an attempt or a sitting from now on.
    pub fn watch(&self, id: Uuid) -> watch::Receiver<i64> {
        let mut watched = self.lock();
        watched.entry(id).or_insert_with(|| watch::channel(0).0).subscribe()
    }

    /// Forgets `id` when nobody watches it any more.
    pub fn leave(&self, id: Uuid) {
        let mut watched = self.lock();
        if watched.get(&id).is_some_and(|sender| sender.receiver_count() == 0) {
            watched.remove(&id);
        }
    }

    /// Tells whoever watches `id`.
    pub fn tell(&self, id: Uuid, version: i64) {
        if let Some(sender) = self.lock().get(&id) {
            sender.send_replace(version);
        }
    }

    /// Carries signals to watchers until `stop`.
    pub async fn run(self, signals: Signals, stop: CancellationToken) {
        let mut listener = signals.listen();
        let mut ticks = 0_i64;
        loop {
            let signals = tokio::select! {
                () = stop.cancelled() => return,
                signals = listener.next() => signals,
            };
            for signal in signals {
                // A whole hall may be told at once.
                tokio::task::consume_budget().await;
                match signal {
                    Signal::Attempt { attempt, version } => self.tell(attempt, version),
                    Signal::Sitting { sitting } => {
                        ticks += 1;
                        self.tell(sitting, ticks);
                    }
                }
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Uuid, watch::Sender<i64>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hint_reaches_those_who_watch_and_many_become_one() {
        let (hub, id, other) = (Hub::default(), Uuid::from_u128(1), Uuid::from_u128(2));
        let mut mine = hub.watch(id);
        let theirs = hub.watch(other);
        hub.tell(id, 7);
        hub.tell(id, 8);
        assert!(mine.has_changed().unwrap() && !theirs.has_changed().unwrap());
        assert_eq!(*mine.borrow_and_update(), 8);
        assert!(!mine.has_changed().unwrap());
    }

    #[test]
    fn what_nobody_watches_is_forgotten() {
        let (hub, id) = (Hub::default(), Uuid::from_u128(1));
        let watcher = hub.watch(id);
        hub.leave(id);
        assert_eq!(hub.lock().len(), 1);
        drop(watcher);
        hub.leave(id);
        assert_eq!(hub.lock().len(), 0);
    }
}
