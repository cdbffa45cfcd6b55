//! How a sitting stands, counted once for everybody who watches it.
//!
//! To count is to read each of the sitting's attempts, and a hall's whole staff asks whenever something changes. However many
//! ask, after a count there is none for nine times as long as it took, or for a second where that is shorter: who asks
//! meanwhile waits, and gets what was counted after they asked.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use authz::SittingId;
use foundation::Problem;
use tokio::{
    sync::Mutex as Turn,
    time::{Instant as Moment, sleep_until},
};

/// For how many times as long as the last count took there is none.
const REST: u32 = 9;
/// The longest rest.
const REST_MAX: Duration = Duration::from_secs(1);
/// How long a count may take: others wait for it.
const COUNT_MAX: Duration = Duration::from_secs(10);
/// Sittings that nobody has asked after for so long are forgotten.
const KEPT: Duration = Duration::from_secs(60);

/// The last look at a sitting, for whoever's turn it is.
type Last<T> = Arc<Turn<Option<Look<T>>>>;

/// What was counted last, by sitting.
pub struct SharedLooks<T> {
    by_sitting: Mutex<HashMap<SittingId, Last<T>>>,
}

struct Look<T> {
    began: Moment,
    ended: Moment,
    seen: Result<T, Problem>,
}

impl<T: Clone> SharedLooks<T> {
    /// How `sitting` stands, counted at this moment or later: by `count`, or by somebody else who asks.
    ///
    /// # Errors
    /// Those of the count.
    pub async fn look(
        &self,
        sitting: SittingId,
        count: impl AsyncFnOnce() -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        let asked = Moment::now();
        let turn = self.turn(sitting, asked);
        let mut last = turn.lock().await;
        if let Some(last) = &*last {
            if last.began >= asked {
                return last.seen.clone();
            }
            let took = last.ended - last.began;
            sleep_until(last.ended + (took * REST).min(REST_MAX)).await;
        }
        let began = Moment::now();
        let seen = db::within(COUNT_MAX, count()).await;
        *last = Some(Look { began, ended: Moment::now(), seen: seen.clone() });
        seen
    }

    fn turn(&self, sitting: SittingId, now: Moment) -> Last<T> {
        let mut by_sitting = self.by_sitting.lock().unwrap_or_else(PoisonError::into_inner);
        if !by_sitting.contains_key(&sitting) {
            by_sitting.retain(|_, turn| {
                turn.try_lock().map_or(true, |last| last.as_ref().is_some_and(|last| last.ended + KEPT > now))
            });
        }
        Arc::clone(by_sitting.entry(sitting).or_default())
    }
}

impl<T> Default for SharedLooks<T> {
    fn default() -> Self {
        Self { by_sitting: Mutex::default() }
    }
}

impl<T> fmt::Debug for SharedLooks<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SharedLooks")
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use futures::future::join_all;
    use uuid::Uuid;

    use super::*;

    const TOOK: Duration = Duration::from_millis(20);

    fn sitting(nr: u128) -> SittingId {
        SittingId::from_uuid(Uuid::from_u128(nr))
    }

    /// Counts how often it was asked to.
    async fn count(counted: &Cell<u32>) -> Result<u32, Problem> {
        counted.set(counted.get() + 1);
        tokio::time::sleep(TOOK).await;
        Ok(counted.get())
    }

    #[tokio::test(start_paused = true)]
    async fn failure_25_however_many_watch_a_sitting_it_is_counted_for_all_of_them_at_once() {
        let (looks, counted, began) = (SharedLooks::default(), Cell::new(0), Moment::now());
        // Fifty who look again and again, for ten seconds.
        let watch = async |nr: u64| {
            let mut last = 0;
            while began.elapsed() < Duration::from_secs(10) {
                let seen = looks.look(sitting(1), async || count(&counted).await).await.unwrap();
                assert!(seen >= last, "what was counted before they asked");
                last = seen;
                tokio::time::sleep(Duration::from_millis(nr)).await;
            }
        };
        join_all((1..=50).map(watch)).await;
        // Twenty milliseconds of two hundred.
        assert!((45..=51).contains(&counted.get()), "{} times", counted.get());
    }

    #[tokio::test(start_paused = true)]
    async fn nobody_gets_what_was_counted_before_they_asked_and_one_alone_hardly_waits() {
        let (looks, counted) = (SharedLooks::default(), Cell::new(0));
        let look = async |nr| looks.look(sitting(nr), async || count(&counted).await).await.unwrap();
        let began = Moment::now();
        assert_eq!(look(1).await, 1);
        assert_eq!(began.elapsed(), TOOK);
        // Another sitting is counted by itself.
        assert_eq!(look(2).await, 2);
        tokio::time::sleep(TOOK * REST).await;
        let again = Moment::now();
        assert_eq!(look(1).await, 3);
        assert_eq!(again.elapsed(), TOOK);
    }

    #[tokio::test(start_paused = true)]
    async fn a_count_that_fails_fails_once_for_all_who_waited() {
        let (looks, counted) = (SharedLooks::<u32>::default(), Cell::new(0));
        let fail = async || {
            count(&counted).await?;
            Err(Problem::unavailable("storage.unavailable", "away", 2))
        };
        let told = join_all((0..50).map(|_| looks.look(sitting(1), fail))).await;
        assert!(told.iter().all(Result::is_err));
        // The first, and all who asked while it was at it.
        assert!(counted.get() <= 2);
    }

    #[tokio::test(start_paused = true)]
    async fn what_nobody_looks_at_is_forgotten() {
        let (looks, counted) = (SharedLooks::default(), Cell::new(0));
        for nr in 1..=3 {
            looks.look(sitting(nr), async || count(&counted).await).await.unwrap();
        }
        tokio::time::sleep(KEPT).await;
        looks.look(sitting(4), async || count(&counted).await).await.unwrap();
        assert_eq!(looks.by_sitting.lock().unwrap().len(), 1);
    }
}
