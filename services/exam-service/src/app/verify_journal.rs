//! Walks every chain of the journal, and every entry, and says where it first breaks.

use std::{collections::HashMap, fmt};

use db::{Conn, Db};
use receipts::{Bytes, Hash, Head, KeySet, Tree};

use crate::{
    domain::entry::BatchKey,
    store::{self, batches::Anchor, evidence::Evidence, journal::EntryKey},
};

/// Batches read at a time.
const PAGE_BATCHES: i64 = 200;
/// Entries read at a time.
const PAGE_ENTRIES: i64 = 5_000;

/// What a walk over the journal found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Everything is as it was signed.
    Whole(Counted),
    /// The first break.
    Broken(Break),
}

/// What was looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// Chains: one from the start of each process that wrote.
    pub chains: u64,
    /// Batches.
    pub batches: u64,
    /// Entries.
    pub entries: u64,
    /// Entries whose payload was erased: their hashes are whole.
    pub erased: u64,
}

/// Where the journal isn't as it was signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Break {
    /// A batch is missing, or stands in another's place: the one that is there has another number or another root before
    /// it than it should.
    Order(BatchKey),
    /// A batch's row isn't what was signed, or by a key that isn't known.
    Signature(BatchKey),
    /// A batch's leaves don't make its root.
    Leaves(BatchKey),
    /// The audit log knows of a batch that isn't there any more, or has another root: the chain was cut.
    Cut(BatchKey),
    /// An entry was changed, or put there.
    Entry(EntryKey, BatchKey),
    /// An entry of a batch was deleted.
    Missing(BatchKey),
}

impl fmt::Display for Break {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let batch = |(chain, number): &BatchKey| format!("batch {number} of chain {chain}");
        match self {
            Self::Order(key) => write!(f, "{}: a batch before it is missing or out of order", batch(key)),
            Self::Signature(key) => {
                write!(f, "{}: it is not what was signed, or signed by an unknown key", batch(key))
            }
            Self::Leaves(key) => write!(f, "{}: its leaves don't make its root", batch(key)),
            Self::Cut(key) => {
                write!(f, "{}: the audit log knows of it, and it is not there as it was", batch(key))
            }
            Self::Entry((attempt, lease, seq), key) => write!(
                f,
                "entry {lease}/{seq} of attempt {attempt}, in {}: it was changed, or was put there",
                batch(key)
            ),
            Self::Missing(key) => write!(f, "{}: an entry of it is missing", batch(key)),
        }
    }
}

/// Verifies the journal against `keys`, as it is at this moment: answers may come in meanwhile. Holds some 70 bytes of memory
/// for each entry.
///
/// # Errors
/// When the database can't be read.
pub async fn verify_journal(db: &Db, keys: &KeySet) -> db::Result<Verdict> {
    let mut conn = db.read_snapshot().await?;
    let mut counted = Counted::default();
    let mut leaves: HashMap<Hash, BatchKey> = HashMap::new();
    let mut anchors: HashMap<BatchKey, Hash> = HashMap::new();
    for Anchor { batch, root } in store::batches::anchors(&mut conn).await? {
        if anchors.insert(batch, root).is_some_and(|before| before != root) {
            return Ok(Verdict::Broken(Break::Cut(batch)));
        }
    }
    if let Some(broken) = chains(&mut conn, keys, &mut anchors, &mut leaves, &mut counted).await? {
        return Ok(Verdict::Broken(broken));
    }
    // What is left was anchored, and is gone.
    if let Some(cut) = anchors.into_keys().min() {
        return Ok(Verdict::Broken(Break::Cut(cut)));
    }
    if let Some(broken) = entries(&mut conn, &mut leaves, &mut counted).await? {
        return Ok(Verdict::Broken(broken));
    }
    Ok(leaves
        .into_values()
        .min()
        .map_or(Verdict::Whole(counted), |batch| Verdict::Broken(Break::Missing(batch))))
}

async fn chains(
    conn: &mut Conn,
    keys: &KeySet,
    anchors: &mut HashMap<BatchKey, Hash>,
    leaves: &mut HashMap<Hash, BatchKey>,
    counted: &mut Counted,
) -> db::Result<Option<Break>> {
    let mut last: Option<Head> = None;
    loop {
        let after = last.as_ref().map(|head| (head.chain_id, head.batch_no));
        let page = store::batches::page(conn, after, PAGE_BATCHES).await?;
        if page.is_empty() {
            return Ok(None);
        }
        for (head, of_batch) in page {
            let key = (head.chain_id, head.batch_no);
            let before = last.as_ref().filter(|before| before.chain_id == head.chain_id);
            let (number, root) =
                before.map_or((1, Bytes([0; 32])), |before| (before.batch_no + 1, before.root));
            if head.batch_no != number || head.previous_root != root {
                return Ok(Some(Break::Order(key)));
            }
            if !keys.verifies(&head) {
                return Ok(Some(Break::Signature(key)));
            }
            if of_batch.len() as u64 != head.entries || Tree::over(of_batch.clone()).root() != head.root {
                return Ok(Some(Break::Leaves(key)));
            }
            if anchors.remove(&key).is_some_and(|anchored| anchored != head.root) {
                return Ok(Some(Break::Cut(key)));
            }
            counted.chains += u64::from(before.is_none());
            counted.batches += 1;
            leaves.extend(of_batch.into_iter().map(|leaf| (leaf, key)));
            last = Some(head);
        }
    }
}

async fn entries(
    conn: &mut Conn,
    leaves: &mut HashMap<Hash, BatchKey>,
    counted: &mut Counted,
) -> db::Result<Option<Break>> {
    let mut after = None;
    loop {
        let page = store::evidence::page(conn, after, PAGE_ENTRIES).await?;
        if page.is_empty() {
            return Ok(None);
        }
        for Evidence { key, batch, leaf, says_what_was_hashed } in page {
            if says_what_was_hashed == Some(false) || leaves.remove(&leaf) != Some(batch) {
                return Ok(Some(Break::Entry(key, batch)));
            }
            counted.entries += 1;
            counted.erased += u64::from(says_what_was_hashed.is_none());
            after = Some(key);
        }
    }
}
