//! Each minute, and at the end: writes into the audit log how far the journal has come.

use std::{sync::Arc, time::Duration};

use futures::{FutureExt as _, future::BoxFuture};
use tokio_util::sync::CancellationToken;

use super::Rounds;
use crate::{
    ExamService,
    app::anchor_journal::{anchor_journal, anchor_own},
};

const EVERY: Duration = Duration::from_secs(60);
/// In every so many-th round, the first included, all chains are read: a process that was killed anchored its own no more.
const ALL_CHAINS_EVERY: u32 = 60;

/// The job.
pub fn run(service: Arc<ExamService>) -> impl FnOnce(CancellationToken) -> BoxFuture<'static, ()> + Send {
    move |stop| {
        async move {
            let (mut round, mut anchored) = (0_u32, None);
            let mut rounds = Rounds::each(EVERY, stop);
            loop {
                let stopping = !rounds.next().await;
                if stopping && let Err(problem) = service.writer.settle().await {
                    tracing::warn!(%problem, "the journal's last batches are anchored before they are all written");
                }
                let done = if round.is_multiple_of(ALL_CHAINS_EVERY) {
                    db::in_time(anchor_journal(&service)).await.map(|_| ())
                } else {
                    db::in_time(anchor_own(&service, anchored)).await.map(|batch| anchored = batch)
                };
                match done {
                    Ok(()) => round += 1,
                    Err(problem) => tracing::warn!(%problem, "the journal could not be anchored; trying again"),
                }
                if stopping {
                    return;
                }
            }
        }
        .boxed()
    }
}
