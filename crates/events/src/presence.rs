//! Who is connected right now: to this process, and, as far as they tell, to its replicas.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use uuid::Uuid;

/// Counts the open sockets of each attempt. Answers from memory.
#[derive(Clone, Debug, Default)]
pub struct Presence(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    here: HashMap<Uuid, u32>,
    /// Who is connected to each replica, as it last said.
    elsewhere: HashMap<Uuid, HashSet<Uuid>>,
    /// Whose first socket opened or last one closed since they were last told; kept only when somebody tells.
    changed: Option<HashSet<Uuid>>,
}

/// A socket that is open; it counts until it is dropped.
#[derive(Debug)]
pub struct Present {
    presence: Presence,
    attempt: Uuid,
}

/// Comings and goings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Who is here now and may not have been.
    pub arrived: Vec<Uuid>,
    /// Who isn't here any more.
    pub left: Vec<Uuid>,
}

impl Presence {
    /// Counts a socket of `attempt` until the answer is dropped.
    pub fn arrive(&self, attempt: Uuid) -> Present {
        let mut state = self.lock();
        let count = state.here.entry(attempt).or_insert(0);
        *count += 1;
        if *count == 1 {
            state.note(attempt);
        }
        drop(state);
        Present { presence: self.clone(), attempt }
    }

    /// Whether any socket of `attempt` is open, here or elsewhere.
    pub fn is_online(&self, attempt: Uuid) -> bool {
        let state = self.lock();
        state.here.contains_key(&attempt) || state.elsewhere.values().any(|there| there.contains(&attempt))
    }

    /// Everybody who is connected to this process; from now on [`Presence::changes`] knows what changes.
    pub fn everybody_here(&self) -> Vec<Uuid> {
        let mut state = self.lock();
        state.changed = Some(HashSet::new());
        state.here.keys().copied().collect()
    }

    /// What changed here since this, or [`Presence::everybody_here`], was last asked.
    pub fn changes(&self) -> Changes {
        let mut state = self.lock();
        let changed = state.changed.replace(HashSet::new()).unwrap_or_default();
        let (arrived, left) = changed.into_iter().partition(|attempt| state.here.contains_key(attempt));
        Changes { arrived, left }
    }

    /// Replaces what is known of a replica.
    pub fn know(&self, replica: Uuid, there: HashSet<Uuid>) {
        self.lock().elsewhere.insert(replica, there);
    }

    /// Learns what changed at a replica.
    pub fn learn(&self, replica: Uuid, changes: &Changes) {
        let mut state = self.lock();
        let there = state.elsewhere.entry(replica).or_default();
        there.extend(&changes.arrived);
        for attempt in &changes.left {
            there.remove(attempt);
        }
    }

    /// Forgets a replica that is gone, or silent for too long.
    pub fn forget(&self, replica: Uuid) {
        self.lock().elsewhere.remove(&replica);
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn note(&mut self, attempt: Uuid) {
        if let Some(changed) = &mut self.changed {
            changed.insert(attempt);
        }
    }
}

impl Drop for Present {
    fn drop(&mut self) {
        let mut state = self.presence.lock();
        if let Some(count) = state.here.get_mut(&self.attempt) {
            *count -= 1;
            if *count == 0 {
                state.here.remove(&self.attempt);
                state.note(self.attempt);
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

    #[test]
    fn whoever_is_connected_elsewhere_is_online_until_that_replica_is_forgotten() {
        let (presence, attempt, replica) = (Presence::default(), Uuid::from_u128(1), Uuid::from_u128(9));
        presence.learn(replica, &Changes { arrived: vec![attempt], left: Vec::new() });
        assert!(presence.is_online(attempt));
        presence.know(replica, HashSet::new());
        assert!(!presence.is_online(attempt));
        presence.know(replica, HashSet::from([attempt]));
        presence.forget(replica);
        assert!(!presence.is_online(attempt));
    }

    #[test]
    fn changes_are_told_once_and_only_what_came_of_them() {
        let (presence, a, b) = (Presence::default(), Uuid::from_u128(1), Uuid::from_u128(2));
        let stays = presence.arrive(a);
        assert_eq!(presence.everybody_here(), [a]);
        let passes = presence.arrive(b);
        drop(passes);
        drop(stays);
        let mut changes = presence.changes();
        changes.left.sort();
        assert_eq!(changes, Changes { arrived: Vec::new(), left: vec![a, b] });
        assert_eq!(presence.changes(), Changes::default());
    }
}
