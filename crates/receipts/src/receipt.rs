//! A receipt, and a file of them.

use foundation::Instant;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{Entry, Hash, Head, KeySet, Nonce, Taking, tree::root};

/// What a receipt adds to an entry that its holder knows: how it leads to a signed head.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ReceiptProof)]
pub struct Proof {
    /// SHA-256 of the response's exact bytes.
    pub payload_hash: Hash,
    /// The leaf's nonce.
    pub nonce: Nonce,
    /// The leaf's place in the batch, from 0.
    pub leaf_index: u64,
    /// The hashes that lead from the leaf to the root, from the leaf up.
    pub path: Vec<Hash>,
    /// The batch.
    pub head: Head,
}

/// That an entry was taken, when, and as what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The attempt.
    pub attempt_id: Uuid,
    /// The lease that wrote.
    pub lease_no: i64,
    /// The entry's place in the lease.
    pub seq: i64,
    /// `response`, or the name of a server's act.
    pub kind: String,
    /// The question answered; none for an act.
    pub question_id: Option<Uuid>,
    /// `taken` or `late`.
    pub status: String,
    /// When, by the server's clock.
    pub received_at: Instant,
    /// How it leads to a signed head.
    #[serde(flatten)]
    pub proof: Proof,
}

/// Why a receipt doesn't hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The keys at hand don't hold the one that signed.
    #[error("it is signed with key {0}, which is not in the key set")]
    KeyUnknown(String),
    /// The head was changed, or is somebody else's.
    #[error("its head's signature is not that of key {0}")]
    SignatureWrong(String),
    /// What it says of the entry isn't what was signed.
    #[error("its entry does not lead to the signed root")]
    NotUnderRoot,
}

impl Receipt {
    /// Verifies the receipt against public keys alone.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn verify(&self, keys: &KeySet) -> Result<(), Fault> {
        let Proof { payload_hash, nonce, leaf_index, path, head } = &self.proof;
        if !keys.has(&head.key_id) {
            return Err(Fault::KeyUnknown(head.key_id.clone()));
        }
        if !keys.verifies(head) {
            return Err(Fault::SignatureWrong(head.key_id.clone()));
        }
        let entry = Entry {
            attempt: self.attempt_id,
            lease_no: self.lease_no,
            seq: self.seq,
            kind: &self.kind,
            question: self.question_id,
            payload_hash: *payload_hash,
        };
        let taking = Taking { status: &self.status, received_at: self.received_at, nonce: *nonce };
        let leads_to = root(taking.leaf(&entry.hash()), *leaf_index, head.entries, path);
        if leads_to == Some(head.root) { Ok(()) } else { Err(Fault::NotUnderRoot) }
    }
}

/// The file that a candidate takes home.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptFile {
    /// [`ReceiptFile::FORMAT`].
    pub format: String,
    /// The exam's title, for the reader.
    #[serde(default)]
    pub title: String,
    /// The receipts, in the order of writing.
    pub receipts: Vec<Receipt>,
}

impl ReceiptFile {
    /// Says which format, and which version of it, a file is in.
    pub const FORMAT: &str = "exam-system receipts 1";
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{Bytes, KeySetError, SigningKey, Tree};

    fn key(secret: u8) -> SigningKey {
        SigningKey::from_secret(&[secret; 32])
    }

    /// The receipts of one batch of `count` entries.
    fn batch(count: i64) -> Vec<Receipt> {
        let chain = Uuid::from_u128(9);
        let at = Instant::from_micros(7_000);
        let unlike = Head::signed(&key(1), (chain, 1), at, 0, Bytes([0; 32]), Bytes([0; 32]));
        let entry = |seq| Receipt {
            attempt_id: Uuid::from_u128(1),
            lease_no: 1,
            seq,
            kind: "response".to_owned(),
            question_id: Some(Uuid::from_u128(2)),
            status: "taken".to_owned(),
            received_at: Instant::from_micros(1_000 + seq),
            proof: Proof {
                payload_hash: Bytes([seq as u8; 32]),
                nonce: Bytes([seq as u8; 16]),
                leaf_index: seq as u64,
                path: Vec::new(),
                head: unlike.clone(),
            },
        };
        let mut receipts: Vec<Receipt> = (0..count).map(entry).collect();
        let leaves = receipts.iter().map(|receipt| {
            let entry = Entry {
                attempt: receipt.attempt_id,
                lease_no: receipt.lease_no,
                seq: receipt.seq,
                kind: &receipt.kind,
                question: receipt.question_id,
                payload_hash: receipt.proof.payload_hash,
            };
            let taking = Taking {
                status: &receipt.status,
                received_at: receipt.received_at,
                nonce: receipt.proof.nonce,
            };
            taking.leaf(&entry.hash())
        });
        let tree = Tree::over(leaves.collect());
        let head = Head::signed(&key(1), (chain, 1), at, count as u64, tree.root(), Bytes([0; 32]));
        for (index, receipt) in receipts.iter_mut().enumerate() {
            receipt.proof.path = tree.path(index);
            receipt.proof.head = head.clone();
        }
        receipts
    }

    fn keys(secrets: &[u8]) -> KeySet {
        KeySet::of(secrets.iter().map(|secret| key(*secret).public())).unwrap()
    }

    proptest! {
        #[test]
        fn a_receipt_holds_through_json_and_changed_anywhere_it_does_not(count in 1_i64..40, at in any::<prop::sample::Index>(), change in 0_usize..13) {
            let receipts = batch(count);
            let receipt = &receipts[at.index(receipts.len())];
            let text = serde_json::to_string(receipt).unwrap();
            let mut changed: Receipt = serde_json::from_str(&text).unwrap();
            prop_assert_eq!(&changed, receipt);
            prop_assert_eq!(changed.verify(&keys(&[2, 1])), Ok(()));
            let id = receipt.proof.head.key_id.clone();
            prop_assert_eq!(changed.verify(&keys(&[2])), Err(Fault::KeyUnknown(id.clone())));

            let entry = Err(Fault::NotUnderRoot);
            let head = Err(Fault::SignatureWrong(id));
            let proof = &mut changed.proof;
            let expected = match change {
                0 => { changed.attempt_id = Uuid::nil(); entry }
                1 => { changed.lease_no += 1; entry }
                2 => { changed.seq += 1; entry }
                3 => { changed.kind.push('x'); entry }
                4 => { changed.question_id = None; entry }
                5 => { changed.status = "late".to_owned(); entry }
                6 => { changed.received_at = Instant::from_micros(0); entry }
                7 => { proof.payload_hash.0[0] ^= 1; entry }
                8 => { proof.nonce.0[0] ^= 1; entry }
                9 => { proof.leaf_index += 1; entry }
                10 => { proof.head.entries += 1; head }
                11 => { proof.head.previous_root.0[0] ^= 1; head }
                _ => { proof.head.signature.0[0] ^= 1; head }
            };
            prop_assert_eq!(changed.verify(&keys(&[1])), expected);
        }
    }

    #[test]
    fn what_is_no_key_set_is_refused() {
        assert!(matches!(KeySet::parse("{}"), Err(KeySetError::Json(_))));
        let other = r#"{"keys":[{"kid":"a","kty":"OKP","crv":"X25519","x":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}]}"#;
        assert!(matches!(KeySet::parse(other), Err(KeySetError::Key(kid)) if kid == "a"));
        let set = serde_json::json!({ "keys": [key(1).public()] }).to_string();
        assert!(KeySet::parse(&set).unwrap().has(key(1).id()));
    }
}
