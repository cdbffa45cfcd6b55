//! Each second: tells auth-service of new and changed attempts.

use std::{sync::Arc, time::Duration};

use futures::FutureExt as _;
use tokio_util::sync::CancellationToken;

use crate::{ExamService, app::hand_over::hand_over};

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
                if let Err(problem) = hand_over(&service).await {
                    tracing::warn!(%problem, "attempts could not be handed over; trying again");
                }
            }
        }
        .boxed()
    }
}
