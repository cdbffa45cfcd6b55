//! Background jobs. They make visible what is true already: no result depends on when they run.

pub mod anchor_journal;
pub mod finalise;
pub mod hand_over;
pub mod heartbeat;
pub mod receipt_keys;

use std::time::Duration;

use tokio::time::{Interval, MissedTickBehavior};
use tokio_util::sync::CancellationToken;

/// When a job is due: at once and then each so often, until it is told to stop.
struct Rounds {
    ticks: Interval,
    stop: CancellationToken,
}

impl Rounds {
    fn each(every: Duration, stop: CancellationToken) -> Self {
        let mut ticks = tokio::time::interval(every);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self { ticks, stop }
    }

    /// Waits for the next round; false when there is none any more.
    async fn next(&mut self) -> bool {
        tokio::select! {
            () = self.stop.cancelled() => false,
            _ = self.ticks.tick() => true,
        }
    }
}
