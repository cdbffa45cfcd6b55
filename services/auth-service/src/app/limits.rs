//! How often the same key may ask: in this process, and, where it keeps somebody from guessing, of all replicas.
//!
//! Candidates' routes count by code or ticket, because a whole hall sits behind one address; sign-in counts by address,
//! with a burst that takes a hall.

use std::{
    collections::HashMap,
    fmt,
    hash::{BuildHasher as _, RandomState},
    sync::{Arc, Mutex, PoisonError},
};

use foundation::{Instant, Problem, Span};

use crate::domain::rate::{Rate, retry_after};

/// Sign-ins from one address: a hall of several hundred at once, then ten a second.
pub const SIGN_IN_BY_ADDRESS: Rate = Rate { burst: 600, every: Span::from_millis(100) };
/// Check-ins with one code: a few at once, then one every two seconds.
pub const CHECK_IN_BY_CODE: Rate = Rate { burst: 20, every: Span::from_seconds(2) };
/// Activations of one account: a few at once, then one every ten seconds.
pub const ACTIVATE_BY_NAME: Rate = Rate { burst: 10, every: Span::from_seconds(10) };
/// Tickets for one signed-in candidate.
pub const TICKET_BY_ACCOUNT: Rate = Rate { burst: 20, every: Span::from_seconds(2) };
/// Password changes of one account.
pub const PASSWORD_BY_ACCOUNT: Rate = Rate { burst: 5, every: Span::from_seconds(10) };
/// Keys that are remembered at a time; beyond that the ones whose burst is whole again are dropped.
const KEYS_MAX: usize = 100_000;

/// Counts what keys ask, against one [`Rate`].
pub struct Limiter {
    rate: Rate,
    hasher: RandomState,
    full_at: Mutex<HashMap<u64, Instant>>,
}

impl Limiter {
    /// A limiter at this rate.
    pub fn new(rate: Rate) -> Self {
        Self { rate, hasher: RandomState::new(), full_at: Mutex::default() }
    }

    /// Lets `key` ask once more.
    ///
    /// # Errors
    /// 429 with the time to wait.
    pub fn take(&self, key: &[u8], now: Instant) -> Result<(), Problem> {
        let key = self.hasher.hash_one(key);
        let mut full_at = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        if full_at.len() >= KEYS_MAX && !full_at.contains_key(&key) {
            full_at.retain(|_, at| *at > now);
            if full_at.len() >= KEYS_MAX {
                // So many keys at once are an attack on the memory: start over rather than grow or refuse everybody.
                full_at.clear();
            }
        }
        let next = self.rate.take(full_at.get(&key).copied(), now).map_err(too_many)?;
        full_at.insert(key, next);
        Ok(())
    }
}

fn too_many(wait: Span) -> Problem {
    Problem {
        retry_after_seconds: Some(retry_after(wait)),
        ..Problem::new(429, "auth.too_many_requests", "That was too often. Wait a moment and try again.")
    }
}

impl fmt::Debug for Limiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Limiter({:?})", self.rate)
    }
}

/// Counts what keys ask of all replicas together.
#[async_trait::async_trait]
pub trait SharedLimits: fmt::Debug + Send + Sync {
    /// Lets `key` ask once more of a limit with this burst, of which one more comes back so often. Answers how long to
    /// wait when that was too often; none when it wasn't, and when nobody knows just now. Never takes long.
    async fn take(
        &self,
        limit: &'static str,
        key: &[u8; 32],
        rate: (i64, Span),
        now: Instant,
    ) -> Option<Span>;
}

/// The limiters of auth-service.
#[derive(Debug)]
pub struct Limits {
    /// Sign-in, by address.
    sign_in: Limiter,
    /// Check-in, by code: so many that each process counts for itself, and a code is too long to guess.
    pub check_in: Limiter,
    /// Activation, by user name.
    activate: Limiter,
    /// Tickets, by account.
    pub ticket: Limiter,
    /// Password changes, by account.
    pub password: Limiter,
    shared: Option<Arc<dyn SharedLimits>>,
}

impl Limits {
    /// The limiters, all unused.
    pub fn new(shared: Option<Arc<dyn SharedLimits>>) -> Self {
        Self {
            sign_in: Limiter::new(SIGN_IN_BY_ADDRESS),
            check_in: Limiter::new(CHECK_IN_BY_CODE),
            activate: Limiter::new(ACTIVATE_BY_NAME),
            ticket: Limiter::new(TICKET_BY_ACCOUNT),
            password: Limiter::new(PASSWORD_BY_ACCOUNT),
            shared,
        }
    }

    /// Lets a source sign in once more.
    ///
    /// # Errors
    /// 429 with the time to wait.
    pub async fn sign_in(&self, source: &[u8; 32], now: Instant) -> Result<(), Problem> {
        self.sign_in.take(source, now)?;
        self.of_all("sign-in", source, SIGN_IN_BY_ADDRESS, now).await
    }

    /// Lets an account be activated once more, by the keyed hash of its name.
    ///
    /// # Errors
    /// 429 with the time to wait.
    pub async fn activate(&self, name: &[u8; 32], now: Instant) -> Result<(), Problem> {
        self.activate.take(name, now)?;
        self.of_all("activate", name, ACTIVATE_BY_NAME, now).await
    }

    /// What this process has counted stands, whatever becomes of what is shared.
    async fn of_all(
        &self,
        limit: &'static str,
        key: &[u8; 32],
        rate: Rate,
        now: Instant,
    ) -> Result<(), Problem> {
        let Some(shared) = &self.shared else { return Ok(()) };
        match shared.take(limit, key, (rate.burst, rate.every), now).await {
            Some(wait) => Err(too_many(wait)),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_key_that_asks_too_often_does_not_slow_another() {
        let limiter = Limiter::new(Rate { burst: 2, every: Span::from_seconds(1) });
        let now = Instant::from_micros(0);
        assert!(limiter.take(b"a", now).is_ok() && limiter.take(b"a", now).is_ok());
        let problem = limiter.take(b"a", now).unwrap_err();
        assert_eq!((problem.status, problem.retry_after_seconds), (429, Some(1)));
        assert!(limiter.take(b"b", now).is_ok());
    }

    #[derive(Debug)]
    struct Others(Option<Span>);

    #[async_trait::async_trait]
    impl SharedLimits for Others {
        async fn take(&self, _: &'static str, _: &[u8; 32], _: (i64, Span), _: Instant) -> Option<Span> {
            self.0
        }
    }

    #[tokio::test]
    async fn what_other_replicas_counted_keeps_a_source_out_too() {
        let (source, now) = ([7; 32], Instant::from_micros(0));
        let others = |wait| Limits::new(Some(Arc::new(Others(wait))));
        assert!(others(None).sign_in(&source, now).await.is_ok());
        let problem = others(Some(Span::from_seconds(3))).sign_in(&source, now).await.unwrap_err();
        assert_eq!((problem.status, problem.retry_after_seconds), (429, Some(3)));
    }

    #[test]
    fn a_flood_of_keys_does_not_grow_the_memory() {
        let limiter = Limiter::new(Rate { burst: 2, every: Span::from_seconds(1) });
        let now = Instant::from_micros(0);
        for key in 0..=KEYS_MAX as u64 {
            limiter.take(&key.to_le_bytes(), now).unwrap();
        }
        assert!(limiter.full_at.lock().unwrap().len() <= KEYS_MAX);
    }
}
