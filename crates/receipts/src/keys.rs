//! The keys that sign heads, and the set of public ones that verifies them.

use std::{collections::BTreeMap, fmt};

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use ed25519_dalek::{Signer as _, VerifyingKey};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use utoipa::ToSchema;

use crate::{Bytes, Head, Signature};

/// A private key with its id. Its debug text holds no secret.
#[derive(Clone)]
pub struct SigningKey {
    id: String,
    key: ed25519_dalek::SigningKey,
}

impl SigningKey {
    /// The key of these 32 secret bytes. Its id is the start of the SHA-256 of the public key.
    pub fn from_secret(secret: &[u8; 32]) -> Self {
        let key = ed25519_dalek::SigningKey::from_bytes(secret);
        let digest = Sha256::digest(key.verifying_key().as_bytes());
        Self { id: BASE64_URL_SAFE_NO_PAD.encode(&digest[..12]), key }
    }

    /// Its id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Its public half.
    pub fn public(&self) -> Jwk {
        Jwk::of(self.id.clone(), Bytes(self.key.verifying_key().to_bytes()))
    }

    pub(crate) fn sign(&self, statement: &[u8]) -> Signature {
        Bytes(self.key.sign(statement).to_bytes())
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({})", self.id)
    }
}

/// A public key as a JSON Web Key (RFC 7517, RFC 8037).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ReceiptKey)]
pub struct Jwk {
    /// The key's id.
    pub kid: String,
    /// `OKP`.
    pub kty: String,
    /// `Ed25519`.
    pub crv: String,
    /// `EdDSA`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alg: Option<String>,
    /// The public key.
    pub x: Bytes<32>,
}

impl Jwk {
    /// The Ed25519 key of this id.
    pub fn of(kid: String, x: Bytes<32>) -> Self {
        let word = str::to_owned;
        Self { kid, kty: word("OKP"), crv: word("Ed25519"), alg: Some(word("EdDSA")), x }
    }
}

/// Public keys by their ids.
#[derive(Clone, Debug, Default)]
pub struct KeySet {
    keys: BTreeMap<String, VerifyingKey>,
}

/// Why a text is no set of keys.
#[derive(Debug, thiserror::Error)]
pub enum KeySetError {
    /// It isn't JSON of that shape.
    #[error("not a JSON Web Key Set: {0}")]
    Json(#[from] serde_json::Error),
    /// A key isn't a point of the curve, or of another curve.
    #[error("key {0} is no Ed25519 key")]
    Key(String),
}

#[derive(Deserialize)]
struct Jwks {
    keys: Vec<Jwk>,
}

impl KeySet {
    /// Reads a JSON Web Key Set.
    ///
    /// # Errors
    /// When it isn't one, or holds another kind of key.
    pub fn parse(text: &str) -> Result<Self, KeySetError> {
        let jwks: Jwks = serde_json::from_str(text)?;
        Self::of(jwks.keys)
    }

    /// The set of these keys.
    ///
    /// # Errors
    /// When one isn't an Ed25519 key.
    pub fn of(keys: impl IntoIterator<Item = Jwk>) -> Result<Self, KeySetError> {
        let keys = keys.into_iter().map(|jwk| {
            let key = (jwk.kty == "OKP" && jwk.crv == "Ed25519")
                .then(|| VerifyingKey::from_bytes(&jwk.x.0).ok())
                .flatten();
            key.map(|key| (jwk.kid.clone(), key)).ok_or(KeySetError::Key(jwk.kid))
        });
        Ok(Self { keys: keys.collect::<Result<_, _>>()? })
    }

    /// Whether the set has the key of this id.
    pub fn has(&self, key_id: &str) -> bool {
        self.keys.contains_key(key_id)
    }

    /// Whether a head's signature is its key's, by RFC 8032's strict rules.
    pub fn verifies(&self, head: &Head) -> bool {
        let signature = ed25519_dalek::Signature::from_bytes(&head.signature.0);
        self.keys
            .get(&head.key_id)
            .is_some_and(|key| key.verify_strict(&head.statement(), &signature).is_ok())
    }
}
