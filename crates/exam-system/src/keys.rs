//! Reads auth-service's public keys each half minute where auth-service runs in another process: so that the keys are
//! there when it goes away, and the next one before the first token that it signs.

use std::{sync::Arc, time::Duration};

use authz::AccessVerifier;
use http_kit::Job;
use tokio::time::MissedTickBehavior;

const EVERY: Duration = Duration::from_secs(30);

/// The job.
pub fn job(tokens: Arc<AccessVerifier>) -> Job {
    Job::new("read public keys", move |stop| async move {
        let mut every = tokio::time::interval(EVERY);
        every.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                _ = every.tick() => {}
            }
            if let Err(problem) = tokens.read_keys().await {
                tracing::warn!(%problem, "auth-service's keys can't be read; going on with those that are known");
            }
        }
    })
}
