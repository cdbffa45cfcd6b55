//! A retry budget: retries may add a tenth to the calls, no more, so that a service in trouble isn't drowned by them.

use std::sync::atomic::{AtomicI64, Ordering};

/// What a call adds, in parts of one retry.
const PER_CALL: i64 = 1;
/// What a retry costs.
const PER_RETRY: i64 = 10;
/// Retries that can be saved up.
const SAVED_MAX: i64 = 10 * PER_RETRY;

/// What may still be tried again.
#[derive(Debug)]
pub(crate) struct Budget(AtomicI64);

impl Budget {
    pub(crate) fn new() -> Self {
        Self(AtomicI64::new(SAVED_MAX))
    }

    pub(crate) fn called(&self) {
        let _ = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
            Some((left + PER_CALL).min(SAVED_MAX))
        });
    }

    /// Whether one more retry may be made; takes it.
    pub(crate) fn take(&self) -> bool {
        self.0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
                (left >= PER_RETRY).then_some(left - PER_RETRY)
            })
            .is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_calls_pay_for_one_retry_once_the_savings_are_spent() {
        let budget = Budget::new();
        assert_eq!((0..20).filter(|_| budget.take()).count(), 10);
        (0..9).for_each(|_| budget.called());
        assert!(!budget.take());
        budget.called();
        assert!(budget.take() && !budget.take());
    }
}
