//! Each minute, and at the end: writes into the audit log how far the journal has come.

use std::{sync::Arc, time::Duration};

use futures::FutureExt as _;
use tokio_util::sync::CancellationToken;

use crate::{ExamService, app::anchor_journal::anchor_journal};

const EVERY: Duration = Duration::from_secs(60);

/// The job.
pub fn run(
    service: Arc<ExamService>,
) -> impl FnOnce(CancellationToken) -> futures::future::BoxFuture<'static, ()> + Send {
    move |stop| {
        async move {
            let mut every = tokio::time::interval(EVERY);
            every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
            loop {
                let stopping = tokio::select! {
                    () = stop.cancelled() => true,
                    _ = every.tick() => false,
                };
                if stopping && let Err(problem) = service.writer.settle().await {
                    tracing::warn!(%problem, "the journal's last batches are anchored before they are all written");
                }
                if let Err(problem) = anchor_journal(&service).await {
                    tracing::warn!(%problem, "the journal could not be anchored; trying again");
                }
                if stopping {
                    return;
                }
            }
        }
        .boxed()
    }
}
