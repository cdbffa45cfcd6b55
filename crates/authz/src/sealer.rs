//! Secrets that are kept in a table, sealed under a key derived from the operator's.

use std::fmt;

use chacha20poly1305::{
    ChaCha20Poly1305, KeyInit as _,
    aead::{Aead as _, Payload},
};
use foundation::Random;

use crate::Secrets;

/// Bytes of the nonce in front of what is sealed.
const NONCE_BYTES: usize = 12;

/// Seals and opens 32-byte secrets (ChaCha20-Poly1305, RFC 8439; a random nonce in front).
pub struct Sealer(ChaCha20Poly1305);

impl Sealer {
    /// The sealer for one purpose.
    pub fn new(secrets: &Secrets, label: &str) -> Self {
        Self(ChaCha20Poly1305::new(&secrets.derive(label).into()))
    }

    /// Seals `secret` so that it opens only together with `name`. None when it can't be done, which doesn't happen to 32
    /// bytes.
    pub fn seal(&self, random: &dyn Random, name: &str, secret: &[u8; 32]) -> Option<Vec<u8>> {
        let mut nonce = [0; NONCE_BYTES];
        random.fill(&mut nonce);
        let sealed = self.0.encrypt(&nonce.into(), Payload { msg: secret, aad: name.as_bytes() }).ok()?;
        Some([&nonce[..], &sealed].concat())
    }

    /// Opens what was sealed; none when it was sealed under another secret or name, or was changed.
    pub fn open(&self, name: &str, sealed: &[u8]) -> Option<[u8; 32]> {
        let (nonce, sealed) = sealed.split_at_checked(NONCE_BYTES)?;
        let nonce: [u8; NONCE_BYTES] = nonce.try_into().ok()?;
        let secret = self.0.decrypt(&nonce.into(), Payload { msg: sealed, aad: name.as_bytes() }).ok()?;
        secret.try_into().ok()
    }
}

impl fmt::Debug for Sealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sealer(…)")
    }
}

#[cfg(test)]
mod tests {
    use foundation::SystemRandom;

    use super::*;

    #[test]
    fn what_was_sealed_opens_with_the_same_secret_purpose_and_name_alone() {
        let secrets = |byte| Secrets::new(&[byte; 32]).unwrap();
        let sealer = Sealer::new(&secrets(1), "a");
        let mut sealed = sealer.seal(&SystemRandom, "k", &[7; 32]).unwrap();
        assert_eq!(sealer.open("k", &sealed), Some([7; 32]));
        assert_eq!(sealer.open("l", &sealed), None);
        assert_eq!(Sealer::new(&secrets(1), "b").open("k", &sealed), None);
        assert_eq!(Sealer::new(&secrets(2), "a").open("k", &sealed), None);
        assert_eq!(sealer.open("k", &sealed[..5]), None);
        sealed[20] ^= 1;
        assert_eq!(sealer.open("k", &sealed), None);
    }
}
