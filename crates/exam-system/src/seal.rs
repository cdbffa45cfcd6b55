//! Seals each service's audit log, each second.

use std::time::Duration;

use db::Db;
use http_kit::Job;

const EVERY: Duration = Duration::from_secs(1);

/// The job for one schema.
pub fn job(db: Db, schema: &'static str) -> Job {
    Job::new("seal the audit log", move |stop| async move {
        let mut every = tokio::time::interval(EVERY);
        every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                _ = every.tick() => {}
            }
            if let Err(error) = db::in_time(audit::seal(&db, schema)).await {
                tracing::warn!(%error, schema, "the audit log could not be sealed; trying again");
            }
        }
    })
}
