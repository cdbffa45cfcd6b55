//! Each half minute: looks whether another process, or the command, has rotated the key that signs receipts.

use std::{sync::Arc, time::Duration};

use futures::{FutureExt as _, future::BoxFuture};
use tokio_util::sync::CancellationToken;

use super::Rounds;
use crate::ExamService;

const EVERY: Duration = Duration::from_secs(30);

/// The job.
pub fn run(service: Arc<ExamService>) -> impl FnOnce(CancellationToken) -> BoxFuture<'static, ()> + Send {
    move |stop| {
        async move {
            let mut rounds = Rounds::each(EVERY, stop);
            while rounds.next().await {
                if let Err(error) = db::in_time(service.receipt_keys.read(&service.db)).await {
                    tracing::warn!(%error, "the keys of receipts can't be read; signing with the last one known");
                }
            }
        }
        .boxed()
    }
}
