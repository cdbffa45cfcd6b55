//! Brings each signal to those who look at its attempt or sitting, and to nobody else.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use events::{Listener, Signal, Signals};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// Watched attempts that are told one after the other without a pause.
const TOLD_AT_ONCE: usize = 100;
/// The pause. Who is told looks at once, and whoever saves waits among them: a hall of 10,000 looks within a second, not all together.
const BETWEEN: Duration = Duration::from_millis(10);

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

    /// Tells whoever watches `id`; says whether anybody does.
    pub fn tell(&self, id: Uuid, version: i64) -> bool {
        self.lock().get(&id).is_some_and(|sender| {
            sender.send_replace(version);
            true
        })
    }

    /// Carries signals to watchers until `stop`: to those of a sitting first, to those of a hall of attempts a hundred at a time.
    pub async fn run(self, signals: Signals, stop: CancellationToken) {
        let carrying = self.carry(signals.listen());
        tokio::select! {
            () = stop.cancelled() => {}
            () = carrying => {}
        }
    }

    async fn carry(&self, mut listener: Listener) {
        let mut ticks = 0_i64;
        loop {
            let mut attempts = Vec::new();
            for signal in listener.next().await {
                match signal {
                    Signal::Attempt { attempt, version } => attempts.push((attempt, version)),
                    Signal::Sitting { sitting } => {
                        ticks += 1;
                        self.tell(sitting, ticks);
                    }
                }
            }
            let mut told = 0;
            for (attempt, version) in attempts {
                tokio::task::consume_budget().await;
                told += usize::from(self.tell(attempt, version));
                if told == TOLD_AT_ONCE {
                    told = 0;
                    tokio::time::sleep(BETWEEN).await;
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

    #[tokio::test(start_paused = true)]
    async fn a_hall_is_told_within_a_second_and_not_all_at_once() {
        let (hub, signals, stop) = (Hub::default(), Signals::new(), CancellationToken::new());
        let mut hall: Vec<_> = (1..=10_000).map(|number| hub.watch(Uuid::from_u128(number))).collect();
        let mut office = hub.watch(Uuid::from_u128(0));
        let running = tokio::spawn(hub.clone().run(signals.clone(), stop.clone()));
        tokio::task::yield_now().await;
        for number in 1..=20_000 {
            signals.send(Signal::Attempt { attempt: Uuid::from_u128(number), version: 2 });
        }
        signals.send(Signal::Sitting { sitting: Uuid::from_u128(0) });

        office.changed().await.unwrap();
        let told = |hall: &[watch::Receiver<i64>]| {
            hall.iter().filter(|watcher| watcher.has_changed().unwrap()).count()
        };
        let begun = tokio::time::Instant::now();
        let mut before = 0;
        while before < hall.len() {
            tokio::time::sleep(BETWEEN).await;
            let now = told(&hall);
            assert!(now - before <= 2 * TOLD_AT_ONCE, "{before}, then {now}");
            before = now;
        }
        assert!(begun.elapsed() <= Duration::from_millis(1_100), "{:?}", begun.elapsed());
        assert!(hall.iter_mut().all(|watcher| *watcher.borrow_and_update() == 2));
        stop.cancel();
        running.await.unwrap();
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
