//! Receipts: what a candidate holds to prove that an answer was taken, when, and as what.
//!
//! Each durable commit of a writer is a *batch*. The entries of a batch are the leaves of a Merkle tree (RFC 6962,
//! section 2.1); its root stands in the batch's *head*, which names the root of the batch before and is signed
//! (Ed25519, RFC 8032). A receipt is an entry, its way up the tree, and the head. Whoever has the public keys verifies
//! it without the server: see [`Receipt::verify`].
//!
//! Hashes are SHA-256. In JSON, bytes stand in base64url without padding (RFC 4648, section 5).

mod bytes;
mod entry;
mod head;
mod keys;
mod receipt;
mod tree;

pub use self::{
    bytes::Bytes,
    entry::{Entry, Hash, Nonce, Taking, payload_hash},
    head::{Head, Signature},
    keys::{Jwk, KeySet, KeySetError, SigningKey},
    receipt::{Fault, Proof, Receipt, ReceiptFile},
    tree::{Tree, root},
};
