//! Brings each signal to those who look at its attempt or sitting, and to nobody else.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use events::{Listener, Signal, Signals};
use tokio::{sync::watch, time::MissedTickBehavior};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// Watched attempts that are told in a slice of time. Who is told looks at once, and who saves waits among them: a hall of 10,000 looks
/// within a second, not all together.
const SLICE: usize = 150;
/// How long a slice is.
const SLICE_EVERY: Duration = Duration::from_millis(10);
/// So few attempts that are heard of together go before a hall that is being told.
const FEW: usize = 10;

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

    /// Carries signals to watchers until `stop`: to those of a sitting between two slices, to those of attempts slice by slice.
    pub async fn run(self, signals: Signals, stop: CancellationToken) {
        let carrying = self.carry(signals.listen());
        tokio::select! {
            () = stop.cancelled() => {}
            () = carrying => {}
        }
    }

    async fn carry(&self, mut listener: Listener) {
        let mut ticks = 0_i64;
        let mut waiting = Waiting::default();
        // After a slice its time is waited for; not after the first in a while.
        let mut slices = tokio::time::interval(SLICE_EVERY);
        slices.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let heard = if waiting.is_empty() { listener.next().await } else { listener.take() };
            let mut attempts = Vec::new();
            for signal in heard {
                match signal {
                    Signal::Attempt { attempt, version } => attempts.push((attempt, version)),
                    Signal::Sitting { sitting } => {
                        ticks += 1;
                        self.tell(sitting, ticks);
                    }
                }
            }
            waiting.add(attempts);
            let mut told = 0;
            while told < SLICE
                && let Some((attempt, version)) = waiting.next()
            {
                tokio::task::consume_budget().await;
                told += usize::from(self.tell(attempt, version));
            }
            if told > 0 {
                slices.tick().await;
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Uuid, watch::Sender<i64>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Attempts whose watchers wait to be told, each of its newest version.
#[derive(Default)]
struct Waiting {
    order: VecDeque<Uuid>,
    newest: HashMap<Uuid, i64>,
}

impl Waiting {
    fn is_empty(&self) -> bool {
        self.newest.is_empty()
    }

    /// What was heard of together: behind the others, unless it is a [`FEW`].
    fn add(&mut self, attempts: Vec<(Uuid, i64)>) {
        let first = attempts.len() <= FEW;
        for (attempt, version) in attempts {
            let newest = self.newest.entry(attempt).or_insert(version);
            *newest = version.max(*newest);
            if first {
                self.order.push_front(attempt);
            } else {
                self.order.push_back(attempt);
            }
        }
    }

    fn next(&mut self) -> Option<(Uuid, i64)> {
        loop {
            let attempt = self.order.pop_front()?;
            // One that came again meanwhile stands in the order twice.
            if let Some(version) = self.newest.remove(&attempt) {
                return Some((attempt, version));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::{task::JoinHandle, time::Instant};

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

    struct Hall {
        hub: Hub,
        signals: Signals,
        watchers: Vec<watch::Receiver<i64>>,
        stop: CancellationToken,
        running: JoinHandle<()>,
    }

    impl Hall {
        const CANDIDATES: usize = 10_000;

        async fn open() -> Self {
            let (hub, signals, stop) = (Hub::default(), Signals::new(), CancellationToken::new());
            let watchers = (0..Self::CANDIDATES).map(|number| hub.watch(attempt(number))).collect();
            let running = tokio::spawn(hub.clone().run(signals.clone(), stop.clone()));
            tokio::task::yield_now().await;
            Self { hub, signals, watchers, stop, running }
        }

        fn tell(&self, numbers: impl Iterator<Item = usize>, version: i64) {
            for number in numbers {
                self.signals.send(Signal::Attempt { attempt: attempt(number), version });
            }
        }

        fn told(&self) -> usize {
            self.watchers.iter().filter(|watcher| watcher.has_changed().unwrap()).count()
        }

        /// Waits until everybody is told, and looks that nobody was told of more than there is time for.
        async fn everybody(&self) -> Duration {
            let begun = Instant::now();
            let mut before = self.told();
            while before < Self::CANDIDATES {
                tokio::time::sleep(SLICE_EVERY).await;
                let now = self.told();
                assert!(now - before <= 2 * SLICE, "{before}, then {now}");
                before = now;
            }
            begun.elapsed()
        }

        async fn close(mut self) {
            assert!(self.watchers.iter_mut().all(|watcher| *watcher.borrow_and_update() == 2));
            self.stop.cancel();
            self.running.await.unwrap();
        }
    }

    fn attempt(number: usize) -> Uuid {
        Uuid::from_u128(number as u128 + 1)
    }

    #[tokio::test(start_paused = true)]
    async fn a_hall_is_told_within_a_second_and_not_all_at_once() {
        let hall = Hall::open().await;
        // Of half of them nobody looks here.
        hall.tell(0..2 * Hall::CANDIDATES, 2);
        let took = hall.everybody().await;
        assert!(took <= Duration::from_secs(1), "{took:?}");
        hall.close().await;
    }

    #[tokio::test(start_paused = true)]
    async fn a_hall_of_which_is_heard_in_pieces_is_not_told_all_at_once_either() {
        let hall = Hall::open().await;
        let signals = hall.signals.clone();
        let pieces = tokio::spawn(async move {
            for piece in 0..Hall::CANDIDATES / 50 {
                for number in 50 * piece..50 * (piece + 1) {
                    signals.send(Signal::Attempt { attempt: attempt(number), version: 2 });
                }
                tokio::task::yield_now().await;
            }
        });
        hall.everybody().await;
        pieces.await.unwrap();
        hall.close().await;
    }

    #[tokio::test(start_paused = true)]
    async fn one_that_changes_while_a_hall_is_told_does_not_wait_for_it() {
        let hall = Hall::open().await;
        let (sitting, one) = (Uuid::from_u128(u128::MAX), attempt(Hall::CANDIDATES));
        let (mut office, mut other) = (hall.hub.watch(sitting), hall.hub.watch(one));
        hall.tell(0..Hall::CANDIDATES, 1);
        tokio::time::sleep(2 * SLICE_EVERY).await;
        hall.signals.send(Signal::Attempt { attempt: one, version: 7 });
        hall.signals.send(Signal::Sitting { sitting });
        let begun = Instant::now();
        office.changed().await.unwrap();
        other.changed().await.unwrap();
        assert!(begun.elapsed() <= 2 * SLICE_EVERY, "{:?}", begun.elapsed());
        assert!(hall.told() < Hall::CANDIDATES / 10);
        // Who waits to be told of an older version is told of the newer one.
        hall.tell(0..Hall::CANDIDATES, 2);
        hall.everybody().await;
        tokio::time::sleep(Duration::from_secs(2)).await;
        hall.close().await;
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
