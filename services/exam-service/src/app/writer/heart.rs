//! The writer's sign of life: once a second, by the way that an answer goes, so that whatever keeps answers from being
//! taken in keeps it too.
//!
//! Nothing is judged before an outage that has just ended is known and its time given back: a batch that comes first
//! after one waits for the sign of life, and so does whatever closes attempts (see [`Heart::is_fresh`]).

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use foundation::{Clock, Id, IdKind, Span};
use uuid::Uuid;

use super::Chain;
use crate::{
    app::outages::{Office, note, settle_all},
    domain::outages::{CLOCKS_APART_MAX, LastBeat, OUTAGE_LONGER_THAN, STRETCHES_KEPT, gap},
    store::heartbeats,
};

enum StretchKind {}
impl IdKind for StretchKind {
    const NAME: &'static str = "stretch";
}

/// How long it may take to give the time of an outage back, in every sitting that it concerned.
const SETTLING_MAX: Duration = Duration::from_secs(120);

/// How often who waits for the first sign of life looks for it.
const LOOK: Duration = Duration::from_millis(5);

/// The last sign of life doesn't exist yet.
const NEVER: i64 = i64::MIN;
/// Nobody has begun to listen for it.
const OFF: i64 = i64::MAX;

/// When a writer last gave a sign of life, for whoever has to know. Cheap to clone.
#[derive(Clone)]
pub struct Heart {
    clock: Arc<dyn Clock>,
    /// On the steady clock, in microseconds; or [`NEVER`], or [`OFF`].
    last: Arc<AtomicI64>,
}

impl Heart {
    /// One that doesn't beat: a process that only looks at the data isn't there to take answers in.
    pub(super) fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, last: Arc::new(AtomicI64::new(OFF)) }
    }

    /// From now on this process takes answers in: what nobody did before its first sign of life may be an outage.
    pub fn begin(&self) {
        let _ = self.last.compare_exchange(OFF, NEVER, Ordering::SeqCst, Ordering::SeqCst);
    }

    /// Whether no outage can have gone unnoticed: the last sign of life is so young that none has ended since.
    pub fn is_fresh(&self) -> bool {
        match self.last.load(Ordering::SeqCst) {
            NEVER => false,
            OFF => true,
            last => self.clock.steady() - Span::from_micros(last) <= OUTAGE_LONGER_THAN,
        }
    }

    /// Waits for the first sign of life since [`Heart::begin`].
    pub async fn first(&self) {
        while matches!(self.last.load(Ordering::SeqCst), NEVER | OFF) {
            tokio::time::sleep(LOOK).await;
        }
    }

    fn set(&self, steady: Span) {
        self.last.store(steady.as_micros(), Ordering::SeqCst);
    }
}

impl fmt::Debug for Heart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Heart")
    }
}

/// The stretch of time that a writer lengthens.
#[derive(Clone, Copy)]
pub(super) struct Stretch {
    id: Uuid,
    last: LastBeat,
}

impl Chain {
    /// Gives a sign of life. After a stretch without one, and at the very first, looks for an outage that ends here, notes
    /// it for every sitting that it concerned and gives the time back.
    ///
    /// # Errors
    /// When the database can't be read or written: then there was no sign of life.
    pub(super) async fn beat(&mut self) -> db::Result<()> {
        let steady = self.within(self.patience, async |chain| chain.sign().await).await?;
        if !self.is_settled {
            let settled = async |chain: &mut Self| settle_all(&chain.office()).await;
            self.is_settled = self.within(SETTLING_MAX, settled).await? == 0;
        }
        self.heart.set(steady);
        Ok(())
    }

    fn office(&self) -> Office {
        Office {
            db: self.db.clone(),
            signals: self.signals.clone(),
            clock: Arc::clone(&self.clock),
            random: Arc::clone(&self.random),
        }
    }

    /// Lengthens the stretch of time without an outage, or begins another one; answers since when it is known.
    async fn sign(&mut self) -> db::Result<Span> {
        let mut tx = self.db.begin().await?;
        // The clock is read under the lock that answers wait for too.
        let (now, steady) = (self.clock.now(), self.clock.steady());
        let beat = LastBeat { at: now, steady };
        if let Some(stretch) = self.stretch
            && stretch.last.ago(now, steady) <= OUTAGE_LONGER_THAN
            && heartbeats::extend(&mut tx, stretch.id, now).await?
        {
            tx.commit().await?;
            self.stretch = Some(Stretch { last: beat, ..stretch });
        } else {
            heartbeats::lock(&mut tx).await?;
            let own = self.stretch.map(|stretch| stretch.last);
            let last = heartbeats::last(&mut tx).await?;
            if let Some(gap) = gap(last, own, now, steady) {
                let sittings = note(&self.office(), &mut tx, &gap).await?;
                tracing::warn!(from = %gap.from, until = %gap.until, sittings, "no process could take answers in");
            }
            heartbeats::forget(&mut tx, now - STRETCHES_KEPT, now + CLOCKS_APART_MAX).await?;
            let id = Id::<StretchKind>::new(&*self.clock, &*self.random).uuid();
            heartbeats::begin(&mut tx, id, self.id, now).await?;
            tx.commit().await?;
            self.stretch = Some(Stretch { id, last: beat });
            self.is_settled = false;
        }
        Ok(steady)
    }
}
