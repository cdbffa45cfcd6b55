//! A journal entry and its hashes.

use foundation::Instant;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::Bytes;

/// A SHA-256.
pub type Hash = Bytes<32>;

/// What makes a leaf unguessable for who knows everything else of the entry.
pub type Nonce = Bytes<16>;

/// SHA-256 of a response's exact bytes; of none for an act.
pub fn payload_hash(payload: &[u8]) -> Hash {
    Bytes(Sha256::digest(payload).into())
}

/// What a journal entry says, as its writer gave it. Two entries of one key (attempt, lease, place) with different
/// hashes contradict each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<'a> {
    /// The attempt.
    pub attempt: Uuid,
    /// The lease that wrote.
    pub lease_no: i64,
    /// The entry's place in the lease: a device's entries count from 1, the server's own acts are negative.
    pub seq: i64,
    /// `response`, or the name of a server's act.
    pub kind: &'a str,
    /// The question answered; none for an act.
    pub question: Option<Uuid>,
    /// SHA-256 of the response's exact bytes, of none for an act.
    pub payload_hash: Hash,
}

impl Entry<'_> {
    /// SHA-256 of the canonical entry: a version byte, then each field with its length (u32, big-endian) in front.
    /// Numbers are big-endian, ids their 16 bytes; no question is no bytes.
    pub fn hash(&self) -> Hash {
        let mut hash = Sha256::new();
        hash.update([1]);
        let question = self.question.as_ref().map_or(&[][..], |id| id.as_bytes().as_slice());
        for field in [
            self.attempt.as_bytes().as_slice(),
            &self.lease_no.to_be_bytes(),
            &self.seq.to_be_bytes(),
            self.kind.as_bytes(),
            question,
            self.payload_hash.as_ref(),
        ] {
            hash.update((field.len() as u32).to_be_bytes());
            hash.update(field);
        }
        Bytes(hash.finalize().into())
    }
}

/// How the server took an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taking<'a> {
    /// `taken`, `late` or `superseded`.
    pub status: &'a str,
    /// When, by the server's clock.
    pub received_at: Instant,
    /// The leaf's nonce.
    pub nonce: Nonce,
}

impl Taking<'_> {
    /// The leaf: SHA-256(0x00 ‖ version 1 ‖ entry hash ‖ received at, microseconds since 1970 as i64 big-endian ‖ nonce
    /// ‖ status). So a receipt proves what was taken, and also when and as what.
    pub fn leaf(&self, entry: &Hash) -> Hash {
        let mut hash = Sha256::new();
        hash.update([0, 1]);
        hash.update(entry);
        hash.update(self.received_at.as_micros().to_be_bytes());
        hash.update(self.nonce);
        hash.update(self.status.as_bytes());
        Bytes(hash.finalize().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> Entry<'static> {
        Entry {
            attempt: Uuid::nil(),
            lease_no: 1,
            seq: 1,
            kind: "response",
            question: None,
            payload_hash: Bytes([7; 32]),
        }
    }

    #[test]
    fn entries_that_differ_anywhere_have_other_hashes() {
        let base = entry().hash();
        let others = [
            Entry { attempt: Uuid::max(), ..entry() },
            Entry { lease_no: 2, ..entry() },
            Entry { seq: 2, ..entry() },
            Entry { kind: "opened", ..entry() },
            Entry { question: Some(Uuid::nil()), ..entry() },
            Entry { payload_hash: Bytes([8; 32]), ..entry() },
        ];
        assert!(others.iter().all(|other| other.hash() != base));
        assert_eq!(entry().hash(), base);
    }

    #[test]
    fn a_leaf_says_when_and_as_what_the_entry_was_taken() {
        let hash = entry().hash();
        let taking = Taking { status: "taken", received_at: Instant::from_micros(5), nonce: Bytes([1; 16]) };
        let leaf = taking.leaf(&hash);
        assert_ne!(leaf, Taking { status: "late", ..taking }.leaf(&hash));
        assert_ne!(leaf, Taking { received_at: Instant::from_micros(6), ..taking }.leaf(&hash));
        assert_ne!(leaf, Taking { nonce: Bytes([2; 16]), ..taking }.leaf(&hash));
        assert_ne!(leaf, taking.leaf(&Bytes([0; 32])));
    }

    /// Computed apart from this code, by another language's SHA-256, from the descriptions above.
    #[test]
    fn the_canonical_form_is_the_described_one() {
        assert_eq!(entry().hash().to_string(), "DtUxTogNS0jc1o9dWcZ1HKV1O62WOeMWKrG1z6Ycqgk");
        let taking = Taking { status: "taken", received_at: Instant::from_micros(5), nonce: Bytes([1; 16]) };
        assert_eq!(taking.leaf(&entry().hash()).to_string(), "Nqp_X0zGntxfQkXinqMYyZQGdeF0h-aMJZGZnWOe2OA");
    }
}
