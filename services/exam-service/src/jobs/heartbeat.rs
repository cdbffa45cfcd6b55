//! Each second: the writer gives a sign of life. Where no process did for a while, answers couldn't be taken in.

use std::{sync::Arc, time::Duration};

use futures::{FutureExt as _, future::BoxFuture};
use tokio_util::sync::CancellationToken;

use super::Rounds;
use crate::{ExamService, domain::outages::BEAT_EVERY};

/// The job.
pub fn run(service: Arc<ExamService>) -> impl FnOnce(CancellationToken) -> BoxFuture<'static, ()> + Send {
    move |stop| {
        // From here on this process takes answers in, and judges none before its first sign of life.
        service.writer.heart().begin();
        async move {
            let every: Duration = BEAT_EVERY.to_std();
            let mut rounds = Rounds::each(every, stop);
            while rounds.next().await {
                if let Err(problem) = service.writer.beat().await {
                    tracing::warn!(%problem, "no sign of life; trying again");
                }
            }
        }
        .boxed()
    }
}
