//! What the writer's thread takes from its queue: everything that waits, as one turn.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use foundation::Problem;
use telemetry::names;
use tokio::sync::{mpsc, oneshot};

use super::{Asked, BATCH_COMMANDS_MAX, BATCH_ENTRIES_MAX, Company, Pace, Queued, refuse};

/// Where the writer's thread finds what it is asked.
pub(super) struct Queue {
    pub(super) asked: mpsc::Receiver<Asked>,
    pub(super) company: Arc<Company>,
    pub(super) depth: Arc<AtomicI64>,
    linger: Duration,
    behind_failure_max: Duration,
    /// Taken from the queue when others were turned away from it, and still to be done.
    left: Vec<Asked>,
}

/// Everything that waited at one moment.
pub(super) struct Turn {
    pub(super) batch: Vec<Queued>,
    pub(super) beats: Vec<oneshot::Sender<Result<(), Problem>>>,
    pub(super) settling: Vec<oneshot::Sender<()>>,
}

impl Queue {
    pub(super) fn new(
        asked: mpsc::Receiver<Asked>,
        company: Arc<Company>,
        depth: Arc<AtomicI64>,
        pace: Pace,
    ) -> Self {
        let (linger, behind_failure_max) = (pace.linger.to_std(), pace.behind_failure_max.to_std());
        Self { asked, company, depth, linger, behind_failure_max, left: Vec::new() }
    }

    /// Waits for something, and a moment more for its company; nothing comes any more when everybody who asks has gone.
    pub(super) async fn turn(&mut self) -> Option<Turn> {
        let mut asked = std::mem::take(&mut self.left);
        if asked.is_empty() && self.asked.recv_many(&mut asked, BATCH_COMMANDS_MAX).await == 0 {
            return None;
        }
        // Who waited for the batch before has waited long enough by now.
        let first = asked
            .iter()
            .find_map(|one| if let Asked::Write(queued) = one { Some(queued.since) } else { None });
        if let Some(first) = first
            && !self.linger.is_zero()
        {
            self.company.gather(first + self.linger).await;
            while asked.len() < BATCH_COMMANDS_MAX
                && let Ok(one) = self.asked.try_recv()
            {
                asked.push(one);
            }
        }
        let mut turn =
            Turn { batch: Vec::with_capacity(asked.len()), beats: Vec::new(), settling: Vec::new() };
        for one in asked {
            match one {
                Asked::Write(queued) => turn.batch.push(queued),
                Asked::Beat(reply) => turn.beats.push(reply),
                Asked::Settle(reply) => turn.settling.push(reply),
            }
        }
        self.company.left_by(turn.batch.len());
        metrics::gauge!(names::JOURNAL_QUEUE_DEPTH).set(self.depth.load(Ordering::Relaxed) as f64);
        Some(turn)
    }

    /// Tells who has waited too long behind something that couldn't be written that theirs won't be either; of `batch`, and of
    /// whoever has come meanwhile.
    pub(super) fn turn_away(&mut self, batch: &mut Vec<Queued>, error: &db::Error) {
        let longest = self.behind_failure_max;
        refuse(batch.extract_if(.., |queued| queued.since.elapsed() >= longest), error);
        // Those who were taken from the queue at a failure before have waited on, too.
        let mut left = std::mem::take(&mut self.left).into_iter();
        while self.left.len() < BATCH_COMMANDS_MAX
            && let Some(one) = left.next().or_else(|| self.asked.try_recv().ok())
        {
            match one {
                Asked::Write(queued) if queued.since.elapsed() >= longest => {
                    self.company.left_by(1);
                    refuse([queued], error);
                }
                one => self.left.push(one),
            }
        }
    }
}

impl Turn {
    /// The next commands that one transaction takes.
    pub(super) fn cut(&mut self) -> Vec<Queued> {
        let mut entries = 0;
        let cut = self
            .batch
            .iter()
            .position(|queued| {
                entries += queued.command.entries();
                entries > BATCH_ENTRIES_MAX
            })
            .map_or(self.batch.len(), |cut| cut.max(1));
        let rest = self.batch.split_off(cut);
        std::mem::replace(&mut self.batch, rest)
    }
}
