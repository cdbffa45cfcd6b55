//! Who is connected right now, to this process.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use uuid::Uuid;

/// Counts the open sockets of each attempt.
#[derive(Clone, Debug, Default)]
pub struct Presence(Arc<Mutex<HashMap<Uuid, u32>>>);

/// A socket that is open; it counts until it is dropped.
#[derive(Debug)]
pub struct Present {
    presence: Presence,
    attempt: Uuid,
}

impl Presence {
    /// Counts a socket of `attempt` until the answer is dropped.
    pub fn arrive(&self, attempt: Uuid) -> Present {
        *self.lock().entry(attempt).or_insert(0) += 1;
        Present { presence: self.clone(), attempt }
    }

    /// Whether any socket of `attempt` is open.
    pub fn is_online(&self, attempt: Uuid) -> bool {
        self.lock().contains_key(&attempt)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Uuid, u32>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Present {
    fn drop(&mut self) {
        let mut counts = self.presence.lock();
        if let Some(count) = counts.get_mut(&self.attempt) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.attempt);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attempt_is_online_until_its_last_socket_closes() {
        let (presence, attempt) = (Presence::default(), Uuid::from_u128(1));
        let first = presence.arrive(attempt);
        let second = presence.arrive(attempt);
        drop(first);
        assert!(presence.is_online(attempt));
        drop(second);
        assert!(!presence.is_online(attempt));
    }
}
