//! The signed head of a batch.

use foundation::Instant;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{Bytes, Hash, SigningKey};

/// An Ed25519 signature.
pub type Signature = Bytes<64>;

/// What a writer says of one durable commit, signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Head {
    /// The writer's chain: one from the start of a process to its end.
    pub chain_id: Uuid,
    /// Counts the chain's batches, from 1.
    pub batch_no: i64,
    /// When it was written.
    pub taken_at: Instant,
    /// How many entries it took in.
    pub entries: u64,
    /// The root of the tree over them.
    pub root: Hash,
    /// The root of the batch before in this chain; zeros for the first.
    pub previous_root: Hash,
    /// The key that signed.
    pub key_id: String,
    /// Over all of the above but the key.
    pub signature: Signature,
}

impl Head {
    /// Signs a batch. The statement that is signed: `exam-system journal head 1` and a zero byte, then chain (16 bytes),
    /// batch number, time in microseconds since 1970, number of entries (8 bytes each, big-endian), root and previous
    /// root.
    pub fn signed(
        key: &SigningKey,
        (chain_id, batch_no): (Uuid, i64),
        taken_at: Instant,
        entries: u64,
        root: Hash,
        previous_root: Hash,
    ) -> Self {
        let unsigned = Self {
            chain_id,
            batch_no,
            taken_at,
            entries,
            root,
            previous_root,
            key_id: key.id().to_owned(),
            signature: Bytes([0; 64]),
        };
        let signature = key.sign(&unsigned.statement());
        Self { signature, ..unsigned }
    }

    pub(crate) fn statement(&self) -> Vec<u8> {
        let mut bytes = b"exam-system journal head 1\0".to_vec();
        bytes.extend(self.chain_id.as_bytes());
        bytes.extend(self.batch_no.to_be_bytes());
        bytes.extend(self.taken_at.as_micros().to_be_bytes());
        bytes.extend(self.entries.to_be_bytes());
        bytes.extend(self.root.as_ref());
        bytes.extend(self.previous_root.as_ref());
        bytes
    }
}
