//! A journal entry and its hashes.

use authz::AttemptId;
use question_model::QuestionVersionId;
use sha2::{Digest as _, Sha256};

/// A SHA-256.
pub type Hash = [u8; 32];

/// The server's own acts take these places in a lease's sequence; a client's entries count from 1.
pub mod act {
    /// The lease was issued.
    pub const OPENED: i64 = -1;
    /// The attempt was started.
    pub const STARTED: i64 = -2;
    /// The attempt was handed in.
    pub const SUBMITTED: i64 = -3;
    /// The first section with a limit of its own was entered; the others follow downwards.
    const ENTERED_SECTION: i64 = -16;

    /// A section with a limit of its own was entered; sections count from 0.
    pub fn entered_section(section: u32) -> i64 {
        ENTERED_SECTION - i64::from(section)
    }
}

/// What a journal entry says; its hash is over exactly this.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryContent<'a> {
    /// The attempt.
    pub attempt: AttemptId,
    /// The lease that wrote.
    pub lease_no: i64,
    /// The entry's place in the lease.
    pub seq: i64,
    /// `response`, or the name of a server's act.
    pub kind: &'a str,
    /// The question answered; none for an act.
    pub question: Option<QuestionVersionId>,
    /// The response's exact bytes; empty for an act.
    pub payload: &'a [u8],
}

impl EntryContent<'_> {
    /// SHA-256 of the payload: what stays when the payload is erased.
    pub fn payload_hash(&self) -> Hash {
        Sha256::digest(self.payload).into()
    }

    /// The canonical entry: a version byte, then each field with its length (u32, big-endian) in front; the payload
    /// by its hash.
    fn canonical(&self) -> Vec<u8> {
        let question = self.question.map(|id| id.uuid().into_bytes().to_vec()).unwrap_or_default();
        let mut bytes = vec![1];
        for field in [
            self.attempt.uuid().as_bytes().as_slice(),
            &self.lease_no.to_be_bytes(),
            &self.seq.to_be_bytes(),
            self.kind.as_bytes(),
            &question,
            &self.payload_hash(),
        ] {
            bytes.extend((field.len() as u32).to_be_bytes());
            bytes.extend(field);
        }
        bytes
    }

    /// The entry's hash: two entries with the same key and another hash contradict each other.
    pub fn hash(&self) -> Hash {
        Sha256::digest(self.canonical()).into()
    }
}

/// The leaf that a receipt proves: SHA-256(0x00 ‖ entry hash ‖ nonce), a leaf of RFC 6962, section 2.1.
pub fn leaf(entry: &Hash, nonce: &[u8; 16]) -> Hash {
    let mut hash = Sha256::new();
    hash.update([0]);
    hash.update(entry);
    hash.update(nonce);
    hash.finalize().into()
}

/// The Merkle tree hash of `leaves` in their order (RFC 6962, section 2.1); of none, the hash of nothing.
pub fn root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => Sha256::digest([]).into(),
        [leaf] => *leaf,
        _ => {
            let split = leaves.len().next_power_of_two() / 2;
            let (left, right) = leaves.split_at(split);
            let mut hash = Sha256::new();
            hash.update([1]);
            hash.update(root(left));
            hash.update(root(right));
            hash.finalize().into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(payload: &[u8]) -> EntryContent<'_> {
        EntryContent {
            attempt: AttemptId::from_uuid(Default::default()),
            lease_no: 1,
            seq: 1,
            kind: "response",
            question: None,
            payload,
        }
    }

    #[test]
    fn entries_that_differ_anywhere_have_other_hashes() {
        let base = content(b"a").hash();
        assert_ne!(base, content(b"b").hash());
        assert_ne!(base, EntryContent { seq: 2, ..content(b"a") }.hash());
        assert_ne!(base, EntryContent { lease_no: 2, ..content(b"a") }.hash());
        assert_ne!(base, EntryContent { kind: "act", ..content(b"a") }.hash());
        assert_eq!(base, content(b"a").hash());
    }

    #[test]
    fn a_tree_of_three_splits_after_two() {
        let [a, b, c] = [[1; 32], [2; 32], [3; 32]];
        assert_eq!(root(&[a, b, c]), root(&[root(&[a, b]), c]));
        assert_ne!(root(&[a, b, c]), root(&[a, root(&[b, c])]));
    }
}
