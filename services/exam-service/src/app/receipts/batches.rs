//! Batches as receipts need them.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, PoisonError},
};

use db::Db;
use foundation::Problem;
use receipts::{Hash, Head, Tree};

use crate::{domain::entry::BatchKey, store};

/// Leaves that are remembered, of the last batches: some 64 bytes each.
const LEAVES_REMEMBERED: usize = 200_000;

/// A batch that is durable.
#[derive(Debug)]
pub struct SealedBatch {
    /// Its signed head.
    pub head: Head,
    /// The tree over its leaves.
    pub tree: Tree,
}

/// The last batches. Replies need the one just written; devices that never got theirs ask for one from before.
#[derive(Debug, Default)]
pub struct SealedBatches(Mutex<Remembered>);

#[derive(Debug, Default)]
struct Remembered {
    batches: HashMap<BatchKey, Arc<SealedBatch>>,
    order: VecDeque<BatchKey>,
    leaves: usize,
    last_written: Option<Arc<SealedBatch>>,
}

impl SealedBatches {
    /// Remembers a batch that this process's writer has just written.
    pub fn written(&self, head: Head, tree: Tree) {
        let batch = self.remember(head, tree);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).last_written = Some(batch);
    }

    /// The batch that this process's writer wrote last; none when it has written none.
    pub fn last_written(&self) -> Option<Arc<SealedBatch>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).last_written.clone()
    }

    fn remember(&self, head: Head, tree: Tree) -> Arc<SealedBatch> {
        let key = (head.chain_id, head.batch_no);
        let batch = Arc::new(SealedBatch { head, tree });
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.batches.insert(key, Arc::clone(&batch)).is_none() {
            known.order.push_back(key);
            known.leaves += batch.tree.leaves().len();
        }
        while known.leaves > LEAVES_REMEMBERED
            && known.order.len() > 1
            && let Some(oldest) = known.order.pop_front()
        {
            let gone = known.batches.remove(&oldest);
            known.leaves -= gone.map_or(0, |gone| gone.tree.leaves().len());
        }
        batch
    }

    /// A batch of the journal.
    ///
    /// # Errors
    /// When the database can't be read, or doesn't hold it.
    pub async fn get(&self, db: &Db, key: BatchKey) -> Result<Arc<SealedBatch>, Problem> {
        match self.known(key) {
            Some(batch) => Ok(batch),
            None => Box::pin(self.read(db, key)).await,
        }
    }

    async fn read(&self, db: &Db, key: BatchKey) -> Result<Arc<SealedBatch>, Problem> {
        let mut conn = db.read().await?;
        let found: Option<(Head, Vec<Hash>)> = store::batches::find(&mut conn, key).await?;
        drop(conn);
        let (head, leaves) = found.ok_or_else(|| Problem::internal(format!("no batch {key:?}")))?;
        Ok(self.remember(head, Tree::over(leaves)))
    }

    fn known(&self, key: BatchKey) -> Option<Arc<SealedBatch>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).batches.get(&key).cloned()
    }
}
