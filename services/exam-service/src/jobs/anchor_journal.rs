//! Each minute, and at the end: writes into the audit log how far the journal has come.

use std::{sync::Arc, time::Duration};

use futures::{FutureExt as _, future::BoxFuture};
use tokio_util::sync::CancellationToken;

use super::Rounds;
use crate::{ExamService, app::anchor_journal::anchor_journal};

const EVERY: Duration = Duration::from_secs(60);

/// The job.
pub fn run(service: Arc<ExamService>) -> impl FnOnce(CancellationToken) -> BoxFuture<'static, ()> + Send {
    move |stop| {
        async move {
            let mut rounds = Rounds::each(EVERY, stop);
            loop {
                let stopping = !rounds.next().await;
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
