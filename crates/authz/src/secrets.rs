//! Keys that are derived from the one secret an operator sets.

use std::fmt;

use hkdf::Hkdf;
use sha2::Sha256;

/// The root of derived keys (`JWT_SECRET`, or `JWT_REFRESH_SECRET`).
#[derive(Clone)]
pub struct Secrets(Hkdf<Sha256>);

/// A secret that is too short to be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a secret must have at least {} bytes", Secrets::BYTES_MIN)]
pub struct SecretTooShort;

impl Secrets {
    /// The shortest secret that is taken.
    pub const BYTES_MIN: usize = 32;

    /// Takes the secret as the root.
    ///
    /// # Errors
    /// When it has fewer than [`Secrets::BYTES_MIN`] bytes.
    pub fn new(secret: &[u8]) -> Result<Self, SecretTooShort> {
        if secret.len() < Self::BYTES_MIN {
            return Err(SecretTooShort);
        }
        Ok(Self(Hkdf::new(Some(b"exam-system"), secret)))
    }

    /// The key for one purpose; another label gives an unrelated key (HKDF-SHA-256, RFC 5869).
    pub fn derive(&self, label: &str) -> [u8; 32] {
        let mut key = [0; 32];
        // 32 bytes are far below HKDF's limit of 8,160, the only error there is.
        let _ = self.0.expand(label.as_bytes(), &mut key);
        key
    }
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secrets(…)")
    }
}
