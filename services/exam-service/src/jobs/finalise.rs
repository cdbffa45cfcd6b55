//! Each second: ends what time has closed, and marks what has ended.

use std::{sync::Arc, time::Duration};

use futures::{FutureExt as _, future::BoxFuture};
use http_kit::replicas::ClockSteps;
use tokio_util::sync::CancellationToken;

use super::Rounds;
use crate::{
    ExamService,
    app::{close_attempt::close_due_attempts, mark_attempt::mark_due_attempts},
};

const EVERY: Duration = Duration::from_secs(1);

/// The job.
pub fn run(service: Arc<ExamService>) -> impl FnOnce(CancellationToken) -> BoxFuture<'static, ()> + Send {
    move |stop| {
        async move {
            let mut rounds = Rounds::each(EVERY, stop);
            let mut steps = ClockSteps::default();
            while rounds.next().await {
                // After an outage its time is given back before anything is closed. And whether a clock was set right or
                // wrong is known a moment later; an end can wait for that.
                if steps.look(&*service.clock).is_some() || !service.writer.heart().is_fresh() {
                    continue;
                }
                let now = service.clock.now();
                if let Err(problem) = db::in_time(close_due_attempts(&service, now)).await {
                    tracing::warn!(%problem, "attempts that are over could not be ended; trying again");
                }
                if let Err(problem) = db::in_time(mark_due_attempts(&service, now)).await {
                    tracing::warn!(%problem, "attempts could not be marked; trying again");
                }
            }
        }
        .boxed()
    }
}
