//! Commands that wait together. A commit costs as much for one as for many, so the first waits a moment for others.

use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::{
    sync::Notify,
    time::{Instant as Moment, timeout_at},
};

/// Those who wait to be taken into a batch, and how many of them are enough for one.
pub(super) struct Company {
    enough: usize,
    waiting: AtomicUsize,
    are_enough: Notify,
}

impl Company {
    pub(super) fn enough_at(enough: usize) -> Self {
        Self { enough, waiting: AtomicUsize::new(0), are_enough: Notify::new() }
    }

    /// One more waits, if it can be `queued`. The one that makes them enough says so: nobody else wakes the writer.
    pub(super) fn joined_by<E>(&self, queued: impl FnOnce() -> Result<(), E>) -> Result<(), E> {
        let waiting = self.waiting.fetch_add(1, Ordering::AcqRel) + 1;
        queued().inspect_err(|_| self.left_by(1))?;
        if waiting == self.enough {
            self.are_enough.notify_one();
        }
        Ok(())
    }

    /// So many have been taken into a batch.
    pub(super) fn left_by(&self, count: usize) {
        self.waiting.fetch_sub(count, Ordering::AcqRel);
    }

    /// Waits until enough wait, or until `latest`.
    pub(super) async fn gather(&self, latest: Moment) {
        let enough = async {
            // Somebody may have said so for a batch that is written by now.
            while self.waiting.load(Ordering::Acquire) < self.enough {
                self.are_enough.notified().await;
            }
        };
        let _ = timeout_at(latest, enough).await;
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const LINGER: Duration = Duration::from_millis(10);

    fn join(company: &Company, count: usize) {
        for _ in 0..count {
            let joined: Result<(), ()> = company.joined_by(|| Ok(()));
            assert_eq!(joined, Ok(()));
        }
    }

    async fn gathers_for(company: &Company) -> Duration {
        let began = Moment::now();
        company.gather(began + LINGER).await;
        began.elapsed()
    }

    #[tokio::test(start_paused = true)]
    async fn a_few_wait_for_others_and_enough_wait_for_nobody() {
        let company = Company::enough_at(3);
        join(&company, 2);
        assert_eq!(gathers_for(&company).await, LINGER);
        join(&company, 1);
        assert_eq!(gathers_for(&company).await, Duration::ZERO);
    }

    #[tokio::test(start_paused = true)]
    async fn the_one_that_makes_them_enough_ends_the_wait() {
        let company = Company::enough_at(2);
        join(&company, 1);
        let later = async {
            tokio::time::sleep(Duration::from_millis(4)).await;
            join(&company, 1);
        };
        assert_eq!(tokio::join!(gathers_for(&company), later).0, Duration::from_millis(4));
    }

    #[tokio::test(start_paused = true)]
    async fn who_was_enough_for_a_batch_before_is_not_for_the_next() {
        let company = Company::enough_at(2);
        join(&company, 3);
        company.left_by(3);
        join(&company, 1);
        assert_eq!(gathers_for(&company).await, LINGER);
    }

    #[tokio::test(start_paused = true)]
    async fn who_finds_no_place_is_no_company() {
        let company = Company::enough_at(2);
        join(&company, 1);
        assert_eq!(company.joined_by(|| Err("full")), Err("full"));
        assert_eq!(gathers_for(&company).await, LINGER);
    }
}
