//! Service tokens: what one service shows another, good for one path and for less than a minute.

use std::fmt;

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use foundation::{Instant, Span};
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use crate::{
    AccountActor, AccountId, Actor, AttemptId, Grant, Secrets, Service, SessionId, SittingId, Ticket,
};

/// The longest life of a service token. One that claims more is refused, whoever sealed it.
pub const SERVICE_TOKEN_LIFE_MAX: Span = Span::from_seconds(60);
/// How far the clocks of two machines may be apart before a token of one is refused by the other.
pub const CLOCK_SKEW_MAX: Span = Span::from_seconds(2);
/// Longer texts aren't looked at.
const TOKEN_BYTES_MAX: usize = 48 * 1024;
const VERSION: &str = "v1";

/// A call of one service to another, as its token states it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceCall {
    /// Who calls.
    pub issuer: Service,
    /// Who is called.
    pub audience: Service,
    /// What is called: the path, as sent.
    pub path: String,
    /// The person on whose behalf; the issuer itself where there is none.
    pub actor: Actor,
}

/// Why a service token isn't taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ServiceTokenError {
    /// Not one of ours, or sealed under another secret.
    #[error("the service token is not sealed under this installation's secret")]
    Forged,
    /// Outside of its time, or of the longest that it may have.
    #[error("the service token's time is over or hasn't come: are the machines' clocks right?")]
    OutOfTime,
    /// For another service or path.
    #[error("the service token is for another call")]
    ForAnother,
}

/// Seals and opens service tokens: `v1.CLAIMS.MAC`, both base64url, the MAC an HMAC-SHA-256 over all before it.
#[derive(Clone)]
pub struct ServiceTokenKey([u8; 32]);

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Claims {
    iss: Service,
    aud: Service,
    path: String,
    /// Microseconds since the epoch, like every instant of ours.
    iat: i64,
    exp: i64,
    actor: Acting,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
enum Acting {
    Anonymous,
    Account { account: AccountId, session: SessionId, grants: Vec<Grant> },
    Ticket { attempt: AttemptId, sitting: SittingId, candidate: AccountId, expires_at: Instant },
    Issuer,
}

impl Acting {
    fn of(actor: &Actor) -> Self {
        match actor {
            Actor::Anonymous => Self::Anonymous,
            Actor::Account(AccountActor { account, session, grants }) => {
                Self::Account { account: *account, session: *session, grants: grants.clone() }
            }
            Actor::Ticket(Ticket { attempt, sitting, candidate, expires_at }) => Self::Ticket {
                attempt: *attempt,
                sitting: *sitting,
                candidate: *candidate,
                expires_at: *expires_at,
            },
            Actor::System(_) => Self::Issuer,
        }
    }

    fn into_actor(self, issuer: Service) -> Actor {
        match self {
            Self::Anonymous => Actor::Anonymous,
            Self::Account { account, session, grants } => {
                Actor::Account(AccountActor { account, session, grants })
            }
            Self::Ticket { attempt, sitting, candidate, expires_at } => {
                Actor::Ticket(Ticket { attempt, sitting, candidate, expires_at })
            }
            Self::Issuer => Actor::System(issuer.name()),
        }
    }
}

impl ServiceTokenKey {
    /// The key of an installation.
    pub fn new(secrets: &Secrets) -> Self {
        Self(secrets.derive("service-token v1"))
    }

    /// Writes the token of `call`, good from `now` for `life`, at most [`SERVICE_TOKEN_LIFE_MAX`].
    pub fn seal(&self, call: &ServiceCall, now: Instant, life: Span) -> String {
        let claims = Claims {
            iss: call.issuer,
            aud: call.audience,
            path: call.path.clone(),
            iat: now.as_micros(),
            exp: (now + life.min(SERVICE_TOKEN_LIFE_MAX)).as_micros(),
            actor: Acting::of(&call.actor),
        };
        // Names, ids and numbers: nothing of this can fail to be written.
        let json = serde_json::to_vec(&claims).unwrap_or_default();
        let signed = format!("{VERSION}.{}", BASE64_URL_SAFE_NO_PAD.encode(json));
        let mac = self.mac(signed.as_bytes()).finalize().into_bytes();
        format!("{signed}.{}", BASE64_URL_SAFE_NO_PAD.encode(mac))
    }

    /// Checks the seal (in constant time), the time, and that the token is for this service and path.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn open(
        &self,
        token: &str,
        audience: Service,
        path: &str,
        now: Instant,
    ) -> Result<ServiceCall, ServiceTokenError> {
        if token.len() > TOKEN_BYTES_MAX {
            return Err(ServiceTokenError::Forged);
        }
        let (signed, mac) = token.rsplit_once('.').ok_or(ServiceTokenError::Forged)?;
        let mac = BASE64_URL_SAFE_NO_PAD.decode(mac).map_err(|_| ServiceTokenError::Forged)?;
        self.mac(signed.as_bytes()).verify_slice(&mac).map_err(|_| ServiceTokenError::Forged)?;
        let claims = signed
            .strip_prefix(VERSION)
            .and_then(|rest| rest.strip_prefix('.'))
            .and_then(|claims| BASE64_URL_SAFE_NO_PAD.decode(claims).ok())
            .and_then(|json| serde_json::from_slice::<Claims>(&json).ok())
            .ok_or(ServiceTokenError::Forged)?;
        let (issued, expires) = (Instant::from_micros(claims.iat), Instant::from_micros(claims.exp));
        let life = claims.exp.checked_sub(claims.iat).ok_or(ServiceTokenError::OutOfTime)?;
        if life > SERVICE_TOKEN_LIFE_MAX.as_micros()
            || now >= expires + CLOCK_SKEW_MAX
            || now + CLOCK_SKEW_MAX < issued
        {
            return Err(ServiceTokenError::OutOfTime);
        }
        if claims.aud != audience || claims.path != path {
            return Err(ServiceTokenError::ForAnother);
        }
        let actor = claims.actor.into_actor(claims.iss);
        Ok(ServiceCall { issuer: claims.iss, audience: claims.aud, path: claims.path, actor })
    }

    #[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
    fn mac(&self, bytes: &[u8]) -> Hmac<Sha256> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes a key of any length");
        mac.update(bytes);
        mac
    }
}

impl fmt::Debug for ServiceTokenKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ServiceTokenKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Role, UnitPath};

    const NOW: Instant = Instant::from_micros(1_000_000_000);
    const PATH: &str = "/api/v1/auth/internal/people/find";

    fn key(byte: u8) -> ServiceTokenKey {
        ServiceTokenKey::new(&Secrets::new(&[byte; 32]).unwrap())
    }

    fn call(actor: Actor) -> ServiceCall {
        ServiceCall { issuer: Service::Exam, audience: Service::Auth, path: PATH.to_owned(), actor }
    }

    #[test]
    fn a_service_token_carries_the_acting_person_to_one_service_and_path() {
        let officer = Actor::Account(AccountActor {
            account: AccountId::from_uuid(Default::default()),
            session: SessionId::from_uuid(Default::default()),
            grants: vec![Grant { role: Role::Officer, unit: UnitPath::institution() }],
        });
        for actor in [officer, Actor::System("exam-service"), Actor::Anonymous] {
            let token = key(7).seal(&call(actor.clone()), NOW, Span::from_seconds(30));
            assert_eq!(key(7).open(&token, Service::Auth, PATH, NOW), Ok(call(actor)));
            let open = |key: ServiceTokenKey, service, path| key.open(&token, service, path, NOW);
            assert_eq!(open(key(8), Service::Auth, PATH), Err(ServiceTokenError::Forged));
            assert_eq!(open(key(7), Service::Question, PATH), Err(ServiceTokenError::ForAnother));
            assert_eq!(
                open(key(7), Service::Auth, "/api/v1/auth/internal/x"),
                Err(ServiceTokenError::ForAnother)
            );
        }
    }

    #[test]
    fn a_service_token_lives_a_minute_at_most_and_clocks_may_differ_by_two_seconds() {
        let long = key(7).seal(&call(Actor::Anonymous), NOW, Span::from_minutes(60));
        let at = |seconds: i64| {
            key(7).open(&long, Service::Auth, PATH, NOW + Span::from_seconds(seconds)).map(|_| ())
        };
        assert_eq!((at(-2), at(0), at(61)), (Ok(()), Ok(()), Ok(())));
        assert_eq!((at(-3), at(62)), (Err(ServiceTokenError::OutOfTime), Err(ServiceTokenError::OutOfTime)));
    }

    #[test]
    fn a_changed_service_token_is_refused_whichever_byte_was_changed() {
        let token = key(7).seal(&call(Actor::Anonymous), NOW, Span::from_seconds(30));
        for at in 0..token.len() {
            let mut bytes = token.clone().into_bytes();
            bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(bytes).unwrap();
            assert_eq!(
                key(7).open(&changed, Service::Auth, PATH, NOW),
                Err(ServiceTokenError::Forged),
                "byte {at}"
            );
        }
        for text in ["", ".", "v1..", "💥", &"A".repeat(100_000)] {
            assert_eq!(key(7).open(text, Service::Auth, PATH, NOW), Err(ServiceTokenError::Forged));
        }
    }
}
