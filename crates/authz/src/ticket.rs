//! The exam ticket: a candidate's right to one attempt, verified without a database.

use std::fmt;

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use foundation::Instant;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use uuid::Uuid;

use crate::{AccountId, AttemptId, Secrets, SittingId};

/// What a ticket says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// The attempt that it opens.
    pub attempt: AttemptId,
    /// The attempt's sitting.
    pub sitting: SittingId,
    /// The candidate's account.
    pub candidate: AccountId,
    /// When it stops being good.
    pub expires_at: Instant,
}

/// Why a ticket isn't taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TicketError {
    /// Not one of ours.
    #[error("the ticket is not valid")]
    Forged,
    /// Too late.
    #[error("the ticket has expired")]
    Expired,
}

/// Seals and opens tickets: version byte, key id, three ids, expiry, then HMAC-SHA-256 over all of it; base64url.
#[derive(Clone)]
pub struct TicketKey(Hmac<Sha256>);

const VERSION: u8 = 1;
const KEY_ID: u8 = 1;
const BODY_BYTES: usize = 2 + 3 * 16 + 8;
const MAC_BYTES: usize = 32;

impl TicketKey {
    /// The ticket key of an installation.
    #[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
    pub fn new(secrets: &Secrets) -> Self {
        let key = secrets.derive("exam-ticket v1");
        Self(Hmac::new_from_slice(&key).expect("HMAC takes a key of any length"))
    }

    /// Writes `ticket` and seals it.
    pub fn seal(&self, ticket: &Ticket) -> String {
        let mut bytes = Vec::with_capacity(BODY_BYTES + MAC_BYTES);
        bytes.extend([VERSION, KEY_ID]);
        bytes.extend(ticket.attempt.uuid().as_bytes());
        bytes.extend(ticket.sitting.uuid().as_bytes());
        bytes.extend(ticket.candidate.uuid().as_bytes());
        bytes.extend(ticket.expires_at.as_micros().to_be_bytes());
        let mac = self.mac(&bytes).finalize().into_bytes();
        bytes.extend(mac);
        BASE64_URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Checks the seal and the time, and reads the ticket.
    ///
    /// # Errors
    /// When it isn't ours, or has expired.
    pub fn open(&self, sealed: &str, now: Instant) -> Result<Ticket, TicketError> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(sealed).map_err(|_| TicketError::Forged)?;
        if bytes.len() != BODY_BYTES + MAC_BYTES || bytes[..2] != [VERSION, KEY_ID] {
            return Err(TicketError::Forged);
        }
        let (body, mac) = bytes.split_at(BODY_BYTES);
        self.mac(body).verify_slice(mac).map_err(|_| TicketError::Forged)?;
        let uuid = |from: usize| Uuid::from_slice(&body[from..from + 16]).map_err(|_| TicketError::Forged);
        let expires_at = body[50..].try_into().map(i64::from_be_bytes).map_err(|_| TicketError::Forged)?;
        let ticket = Ticket {
            attempt: AttemptId::from_uuid(uuid(2)?),
            sitting: SittingId::from_uuid(uuid(18)?),
            candidate: AccountId::from_uuid(uuid(34)?),
            expires_at: Instant::from_micros(expires_at),
        };
        if now >= ticket.expires_at { Err(TicketError::Expired) } else { Ok(ticket) }
    }

    fn mac(&self, bytes: &[u8]) -> Hmac<Sha256> {
        let mut mac = self.0.clone();
        mac.update(bytes);
        mac
    }
}

impl fmt::Debug for TicketKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TicketKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticket() -> Ticket {
        Ticket {
            attempt: "0192f0c1-2345-7abc-8def-0123456789a1".parse().unwrap(),
            sitting: "0192f0c1-2345-7abc-8def-0123456789a2".parse().unwrap(),
            candidate: "0192f0c1-2345-7abc-8def-0123456789a3".parse().unwrap(),
            expires_at: Instant::from_micros(1_000),
        }
    }

    #[test]
    fn a_ticket_opens_until_it_expires_and_not_with_another_key() {
        let key = TicketKey::new(&Secrets::new(&[7; 32]).unwrap());
        let sealed = key.seal(&ticket());
        assert_eq!(key.open(&sealed, Instant::from_micros(999)), Ok(ticket()));
        assert_eq!(key.open(&sealed, Instant::from_micros(1_000)), Err(TicketError::Expired));
        let other = TicketKey::new(&Secrets::new(&[8; 32]).unwrap());
        assert_eq!(other.open(&sealed, Instant::from_micros(0)), Err(TicketError::Forged));
    }

    #[test]
    fn a_changed_ticket_is_refused_whichever_bit_was_changed() {
        let key = TicketKey::new(&Secrets::new(&[7; 32]).unwrap());
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(key.seal(&ticket())).unwrap();
        for bit in 0..bytes.len() * 8 {
            let mut changed = bytes.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            let sealed = BASE64_URL_SAFE_NO_PAD.encode(changed);
            assert_eq!(key.open(&sealed, Instant::from_micros(0)), Err(TicketError::Forged));
        }
        for text in ["", "x", "💥", &"A".repeat(10_000)] {
            assert_eq!(key.open(text, Instant::from_micros(0)), Err(TicketError::Forged));
        }
    }
}
