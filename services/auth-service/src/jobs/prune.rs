//! Every hour: forgets what nobody needs any more.

use std::{sync::Arc, time::Duration};

use http_kit::Job;
use tokio::time::MissedTickBehavior;

use crate::{AuthService, app::prune::prune};

/// How often.
const EVERY: Duration = Duration::from_secs(60 * 60);

/// The job.
pub fn job(service: Arc<AuthService>) -> Job {
    Job::new("auth-prune", move |stop| async move {
        let mut ticks = tokio::time::interval(EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                _ = ticks.tick() => {}
            }
            match db::in_time(prune(&service)).await {
                Ok(pruned) => tracing::debug!(
                    sessions = pruned.sessions,
                    failures = pruned.failures,
                    devices = pruned.devices,
                    "old sign-in data forgotten"
                ),
                Err(problem) => tracing::warn!(%problem, "old sign-in data can't be forgotten"),
            }
        }
    })
}
