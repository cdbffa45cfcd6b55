//! Each half minute: looks whether another process, or the command, has rotated the key that signs receipts.

use std::{sync::Arc, time::Duration};

use futures::FutureExt as _;
use tokio_util::sync::CancellationToken;

use crate::ExamService;

const EVERY: Duration = Duration::from_secs(30);

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
                if let Err(error) = service.receipt_keys.read(&service.db).await {
                    tracing::warn!(%error, "the keys of receipts can't be read; signing with the last one known");
                }
            }
        }
        .boxed()
    }
}
