//! Each second: ends what time has closed, and marks what has ended.

use std::{sync::Arc, time::Duration};

use futures::FutureExt as _;
use tokio_util::sync::CancellationToken;

use crate::{
    ExamService,
    app::{close_attempt::close_due_attempts, mark_attempt::mark_due_attempts},
};

const EVERY: Duration = Duration::from_secs(1);

/// The job.
pub fn run(
    service: Arc<ExamService>,
) -> impl FnOnce(CancellationToken) -> futures::future::BoxFuture<'static, ()> + Send {
    move |stop| {
        async move {
            let mut every = tokio::time::interval(EVERY);
            every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
            loop {
                tokio::select! {
                    () = stop.cancelled() => return,
                    _ = every.tick() => {}
                }
                let now = service.clock.now();
                if let Err(problem) = close_due_attempts(&service, now).await {
                    tracing::warn!(%problem, "attempts that are over could not be ended; trying again");
                }
                if let Err(problem) = mark_due_attempts(&service, now).await {
                    tracing::warn!(%problem, "attempts could not be marked; trying again");
                }
            }
        }
        .boxed()
    }
}
