//! A journal entry as it is held.

use foundation::Instant;
use receipts::{Hash, Nonce, Taking};
use uuid::Uuid;

use super::admission::EntryStatus;

/// What names a batch of the journal: its writer's chain, and its number in it.
pub type BatchKey = (Uuid, i64);

/// Where an entry lies in the journal, and how it was taken there: all that its receipt is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// How it was taken.
    pub status: EntryStatus,
    /// When.
    pub taken_at: Instant,
    /// Its hash.
    pub entry_hash: Hash,
    /// Its leaf's nonce.
    pub nonce: Nonce,
    /// The batch that took it in.
    pub batch: BatchKey,
}

impl Held {
    /// Its leaf.
    pub fn leaf(&self) -> Hash {
        let taking = Taking { status: self.status.as_str(), received_at: self.taken_at, nonce: self.nonce };
        taking.leaf(&self.entry_hash)
    }
}

/// The server's own acts take these places in a lease's sequence; a client's entries count from 1.
pub mod act {
    /// The lease was issued.
    pub const OPENED: i64 = -1;
    /// The attempt was started.
    pub const STARTED: i64 = -2;
    /// The attempt was handed in.
    pub const SUBMITTED: i64 = -3;
    /// What a hand-in is called in the journal.
    pub const SUBMITTED_KIND: &str = "submitted";
    /// The first section with a limit of its own was entered; the others follow downwards.
    const ENTERED_SECTION: i64 = -16;

    /// A section with a limit of its own was entered; sections count from 0.
    pub fn entered_section(section: u32) -> i64 {
        ENTERED_SECTION - i64::from(section)
    }
}
