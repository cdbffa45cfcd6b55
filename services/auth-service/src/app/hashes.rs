//! Keyed hashes: what we must know again and must not be able to read. A stolen table is of no use without the secret.

use std::fmt;

use authz::Secrets;
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use foundation::Random;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use crate::domain::code::Code;

/// Bytes of a refresh token and of a device's name: 256 bits.
const TOKEN_BYTES: usize = 32;
/// Bytes of the salt of a refresh token's successor.
pub const SALT_BYTES: usize = 16;

/// The keys of the hashes, each for one purpose.
pub struct Hashes {
    admission_code: [u8; 32],
    activation_code: [u8; 32],
    refresh_token: [u8; 32],
    refresh_successor: [u8; 32],
    device: [u8; 32],
    subject: [u8; 32],
    source: [u8; 32],
}

/// A secret that a browser keeps in a cookie: a refresh token, or the name of a device. On the wire base64url.
#[derive(Clone, PartialEq, Eq)]
pub struct Token([u8; TOKEN_BYTES]);

impl Token {
    /// A new one.
    pub fn new(random: &dyn Random) -> Self {
        let mut bytes = [0; TOKEN_BYTES];
        random.fill(&mut bytes);
        Self(bytes)
    }

    /// Reads one from a cookie.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() > 2 * TOKEN_BYTES {
            return None;
        }
        BASE64_URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok().map(Self)
    }

    /// As written into a cookie.
    pub fn text(&self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(self.0)
    }
}

/// A token is a secret.
impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

impl Hashes {
    /// The hashes of an installation.
    pub fn new(secrets: &Secrets, refresh_secrets: &Secrets) -> Self {
        Self {
            admission_code: secrets.derive("admission-code v1"),
            activation_code: secrets.derive("activation-code v1"),
            refresh_token: refresh_secrets.derive("refresh-token v1"),
            refresh_successor: refresh_secrets.derive("refresh-successor v1"),
            device: refresh_secrets.derive("device v1"),
            subject: secrets.derive("sign-in-subject v1"),
            source: secrets.derive("sign-in-source v1"),
        }
    }

    /// Of an admission code.
    pub fn admission_code(&self, code: &Code) -> [u8; 32] {
        mac(&self.admission_code, &[code.plain().as_bytes()])
    }

    /// Of an activation code.
    pub fn activation_code(&self, code: &Code) -> [u8; 32] {
        mac(&self.activation_code, &[code.plain().as_bytes()])
    }

    /// Of a refresh token.
    pub fn refresh_token(&self, token: &Token) -> [u8; 32] {
        mac(&self.refresh_token, &[&token.0])
    }

    /// The token that follows `token`. Whoever has the token and not our key can't tell it.
    pub fn successor(&self, token: &Token, salt: &[u8]) -> Token {
        Token(mac(&self.refresh_successor, &[&token.0, salt]))
    }

    /// Of a device's name.
    pub fn device(&self, device: &Token) -> [u8; 32] {
        mac(&self.device, &[&device.0])
    }

    /// Of a folded user name.
    pub fn subject(&self, subject: &str) -> [u8; 32] {
        mac(&self.subject, &[subject.as_bytes()])
    }

    /// Of a sign-in's source, told by its kind and name.
    pub fn source(&self, kind: &str, name: &[u8]) -> [u8; 32] {
        mac(&self.source, &[kind.as_bytes(), b"\0", name])
    }
}

impl fmt::Debug for Hashes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hashes")
    }
}

#[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
fn mac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use foundation::SeededRandom;

    use super::*;

    #[test]
    fn a_successor_needs_the_token_the_salt_and_our_key() {
        let secrets = |byte| Secrets::new(&[byte; 32]).unwrap();
        let (ours, theirs) = (Hashes::new(&secrets(1), &secrets(2)), Hashes::new(&secrets(1), &secrets(3)));
        let random = SeededRandom::new(1);
        let (token, other) = (Token::new(&random), Token::new(&random));
        let next = ours.successor(&token, b"salt");
        assert_eq!(next, ours.successor(&token, b"salt"));
        for wrong in [
            ours.successor(&other, b"salt"),
            ours.successor(&token, b"tlas"),
            theirs.successor(&token, b"salt"),
        ] {
            assert_ne!(next, wrong);
        }
        assert_ne!(ours.refresh_token(&token), theirs.refresh_token(&token));
    }

    #[test]
    fn a_cookie_that_is_no_token_is_none() {
        let token = Token::new(&SeededRandom::new(1));
        assert_eq!(Token::parse(&token.text()), Some(token));
        for text in ["", "x", "💥", &"A".repeat(100_000), &"A".repeat(42)] {
            assert_eq!(Token::parse(text), None);
        }
    }
}
