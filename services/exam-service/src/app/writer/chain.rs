//! A writer's chain of batches, and its way to the database.

use std::{
    panic::AssertUnwindSafe,
    sync::Arc,
    time::{Duration, Instant as Stopwatch},
};

use db::Db;
use events::Signals;
use foundation::{Clock, Id, IdKind, Random};
use futures::FutureExt as _;
use receipts::{Bytes, Hash};
use telemetry::names;
use uuid::Uuid;

use super::{Answer, Answers, Heart, Pace, Queued, heart::Stretch, refuse};
use crate::{
    app::{
        papers::PaperCache,
        receipts::{batches::SealedBatches, keys::ReceiptKeys},
    },
    store::attempts::Known,
};

enum ChainKind {}
impl IdKind for ChainKind {
    const NAME: &'static str = "chain";
}

/// What the first batch of a chain names as the root before.
const START: Hash = Bytes([0; 32]);

fn new_chain(clock: &dyn Clock, random: &dyn Random) -> Uuid {
    Id::<ChainKind>::new(clock, random).uuid()
}

/// A writer's chain of batches, from the start of the process to its end; or to a commit of which nobody knows whether
/// it was done, because the database went away before it said so. Then another one begins.
pub struct Chain {
    pub(super) db: Db,
    /// What `db` was made of, for another connection.
    shared: Db,
    /// How long the database may take for a batch.
    pub(super) patience: Duration,
    pub(super) papers: Arc<PaperCache>,
    pub(super) signals: Signals,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) random: Arc<dyn Random>,
    pub(super) keys: Arc<ReceiptKeys>,
    pub(super) batches: Arc<SealedBatches>,
    pub(super) id: Uuid,
    pub(super) batch_no: i64,
    pub(super) previous_root: Hash,
    pub(super) known: Known,
    pub(super) heart: Heart,
    /// The stretch of time that it lengthens with every sign of life; none before the first.
    pub(super) stretch: Option<Stretch>,
    /// Whether every outage that it knows of has been settled.
    pub(super) is_settled: bool,
}

impl Chain {
    /// A new chain. Its batches are signed with `keys`, and remembered in `batches` for the receipts.
    pub fn new(
        db: Db,
        papers: Arc<PaperCache>,
        signals: Signals,
        (clock, random): (Arc<dyn Clock>, Arc<dyn Random>),
        (keys, batches): (Arc<ReceiptKeys>, Arc<SealedBatches>),
    ) -> Self {
        let id = new_chain(&*clock, &*random);
        let (batch_no, previous_root) = (0, START);
        let (heart, stretch, is_settled) = (Heart::new(Arc::clone(&clock)), None, false);
        let patience = Pace::default().batch_max.to_std();
        Self {
            shared: db.clone(),
            db,
            patience,
            papers,
            signals,
            clock,
            random,
            keys,
            batches,
            id,
            batch_no,
            previous_root,
            known: Known::default(),
            heart,
            stretch,
            is_settled,
        }
    }

    /// The chain with a connection that nobody else uses, made where it is called, and with so much patience.
    pub(super) fn alone(self, patience: Duration) -> Self {
        Self { db: self.shared.alone(), patience, ..self }
    }

    /// Waits for the database as long as `patience`. A server that is gone without a word, or a way there that swallows
    /// everything, would be waited for until the system gives up, which takes a quarter of an hour. Then, and after a panic,
    /// the connection is left alone, and another one is made: whatever happens to one command, others are still written.
    pub(super) async fn within<T>(
        &mut self,
        patience: Duration,
        asked: impl AsyncFnOnce(&mut Self) -> db::Result<T>,
    ) -> db::Result<T> {
        let asked = AssertUnwindSafe(asked(self)).catch_unwind();
        let error = match tokio::time::timeout(patience, asked).await {
            Ok(Ok(answered)) => return answered,
            Ok(Err(_)) => db::Error::panicked(),
            Err(_) => db::Error::silent(),
        };
        self.db = self.shared.alone();
        // A commit may have been among what was asked.
        self.begin_anew();
        Err(error)
    }

    /// Writes `batch` and has its commands answered. When the database refuses one, the batch is halved until that one
    /// stands alone; when it can't write at all, every command is told so.
    ///
    /// # Errors
    /// When it can't write at all, what it said last.
    pub(super) async fn write(&mut self, batch: Vec<Queued>, answers: &Answers) -> db::Result<()> {
        let mut waiting = vec![batch];
        while let Some(mut batch) = waiting.pop() {
            let started = Stopwatch::now();
            match self.within(self.patience, async |chain| chain.commit(&batch).await).await {
                Ok(outcomes) => {
                    let entries: usize = batch.iter().map(|queued| queued.command.entries()).sum();
                    metrics::histogram!(names::JOURNAL_BATCH_ENTRIES).record(entries as f64);
                    metrics::histogram!(names::JOURNAL_COMMIT_SECONDS)
                        .record(started.elapsed().as_secs_f64());
                    // Whoever answers may have gone, with all who asked; what they sent is safe all the same.
                    let _ = answers.send(Answer::Written(batch, outcomes));
                }
                Err(error) if error.is_unavailable() => {
                    batch.extend(waiting.into_iter().flatten());
                    tracing::error!(%error, commands = batch.len(), "batch not written");
                    refuse(batch, &error);
                    return Err(error);
                }
                Err(error) if batch.len() == 1 => {
                    tracing::error!(%error, "command not written");
                    refuse(batch, &error);
                }
                Err(error) => {
                    tracing::warn!(%error, commands = batch.len(), "batch refused; looking for the command at fault");
                    let second = batch.split_off(batch.len() / 2);
                    waiting.push(second);
                    waiting.push(batch);
                }
            }
        }
        Ok(())
    }

    /// Leaves the chain where it is, and goes on with another one.
    pub(super) fn begin_anew(&mut self) {
        self.id = new_chain(&*self.clock, &*self.random);
        (self.batch_no, self.previous_root) = (0, START);
    }
}
