//! Every hour: makes the next signing key when the newest is a month old.

use std::{sync::Arc, time::Duration};

use http_kit::Job;
use tokio::time::MissedTickBehavior;

use crate::AuthService;

/// How often it looks.
const EVERY: Duration = Duration::from_secs(60 * 60);

/// The job.
pub fn job(service: Arc<AuthService>) -> Job {
    Job::new("auth-rotate-keys", move |stop| async move {
        let mut ticks = tokio::time::interval(EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                _ = ticks.tick() => {}
            }
            match db::in_time(service.keys.rotate_when_due()).await {
                Ok(Some(kid)) => tracing::info!(kid, "next signing key made"),
                Ok(None) => {}
                Err(problem) => tracing::warn!(%problem, "signing keys can't be rotated"),
            }
        }
    })
}
