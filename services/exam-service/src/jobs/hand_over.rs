//! Each second: tells auth-service of new and changed attempts.

use std::{sync::Arc, time::Duration};

use futures::{FutureExt as _, future::BoxFuture};
use tokio_util::sync::CancellationToken;

use super::Rounds;
use crate::{ExamService, app::hand_over::hand_over};

const EVERY: Duration = Duration::from_secs(1);

/// The job.
pub fn run(service: Arc<ExamService>) -> impl FnOnce(CancellationToken) -> BoxFuture<'static, ()> + Send {
    move |stop| {
        async move {
            let mut rounds = Rounds::each(EVERY, stop);
            while rounds.next().await {
                if let Err(problem) = db::in_time(hand_over(&service)).await {
                    tracing::warn!(%problem, "attempts could not be handed over; trying again");
                }
            }
        }
        .boxed()
    }
}
