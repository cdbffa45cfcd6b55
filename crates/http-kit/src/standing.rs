//! Whether this process should be sent more work: not while it leaves, and not while its clock is wrong.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use tokio_util::sync::CancellationToken;

/// Whether this process should be sent more work. Cheap to clone; clones share it.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    leaving: CancellationToken,
    refusals: Arc<Mutex<BTreeMap<String, String>>>,
}

impl Standing {
    /// The process is about to end: `/ready` says so, answers ask their clients to connect elsewhere.
    pub fn leave(&self) {
        self.leaving.cancel();
    }

    /// Cancelled once the process is about to end.
    pub fn leaving(&self) -> CancellationToken {
        self.leaving.clone()
    }

    /// Says why `what` keeps the process from being ready; none when it doesn't any more.
    pub fn set(&self, what: &str, why: Option<String>) {
        let mut refusals = self.refusals.lock().unwrap_or_else(PoisonError::into_inner);
        match why {
            Some(why) => refusals.insert(what.to_owned(), why),
            None => refusals.remove(what),
        };
    }

    /// Whether something but its end keeps the process from being ready: what it would decide now can't be relied on.
    pub fn is_refused(&self) -> bool {
        !self.refusals.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
    }

    /// What keeps the process from being ready, and why.
    pub fn refusals(&self) -> Vec<(String, String)> {
        let refusals = self.refusals.lock().unwrap_or_else(PoisonError::into_inner);
        let mut all: Vec<_> = refusals.iter().map(|(what, why)| (what.clone(), why.clone())).collect();
        if self.leaving.is_cancelled() {
            all.push(("process".to_owned(), "leaving: it ends as soon as what it began is done".to_owned()));
        }
        all
    }
}
