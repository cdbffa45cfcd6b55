//! People with tokens that the stage's doorman takes.

use std::sync::Arc;

use authz::{
    AccessClaims, AccountActor, AccountId, AttemptId, Grant, KeySource, PublicKey, Role, Secrets, SessionId,
    SittingId, Ticket, TicketKey, UnitPath,
};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use ed25519_dalek::{SigningKey, pkcs8::EncodePrivateKey as _};
use foundation::{Clock, Id, Instant, Problem, Span, SystemRandom};
use jsonwebtoken::{Algorithm, EncodingKey, Header};

use crate::SECRET;

const KEY_ID: &str = "test";

/// Signs tokens and tickets as auth-service does.
#[derive(Clone)]
pub struct People {
    clock: Arc<dyn Clock>,
    signing: Arc<SigningKey>,
    /// The secret that everything is derived from.
    pub secrets: Secrets,
}

impl People {
    /// People beside a server that has a clock of its own.
    ///
    /// # Panics
    /// Never: the tests' secret is long enough.
    pub fn standing(clock: impl Clock) -> Self {
        let secrets = Secrets::new(SECRET.as_bytes()).expect("long enough");
        Self { clock: Arc::new(clock), signing: Arc::new(SigningKey::from_bytes(&[7; 32])), secrets }
    }

    /// A person with `role` in the whole institution; answers their account and an access token.
    pub fn with_role(&self, role: Role) -> (AccountId, String) {
        self.with_grants(vec![Grant { role, unit: UnitPath::institution() }])
    }

    /// A person with these grants; answers their account and an access token, good for an hour.
    pub fn with_grants(&self, grants: Vec<Grant>) -> (AccountId, String) {
        let account = Id::new(&*self.clock, &SystemRandom);
        (account, self.token(account, grants))
    }

    /// An access token for an account, good for an hour.
    pub fn token(&self, account: AccountId, grants: Vec<Grant>) -> String {
        let session: SessionId = Id::new(&*self.clock, &SystemRandom);
        let claims = AccessClaims::new(
            AccountActor { account, session, grants },
            self.clock.now(),
            Span::from_minutes(60),
        );
        let mut header = Header::new(Algorithm::EdDSA);
        header.kid = Some(KEY_ID.to_owned());
        let key = self.signing.to_pkcs8_der().expect("a key");
        jsonwebtoken::encode(&header, &claims, &EncodingKey::from_ed_der(key.as_bytes())).expect("a token")
    }

    /// An exam ticket.
    pub fn ticket(
        &self,
        attempt: AttemptId,
        sitting: SittingId,
        candidate: AccountId,
        expires_at: Instant,
    ) -> String {
        TicketKey::new(&self.secrets).seal(&Ticket { attempt, sitting, candidate, expires_at })
    }
}

#[async_trait::async_trait]
impl KeySource for People {
    async fn public_keys(&self) -> Result<Vec<PublicKey>, Problem> {
        Ok(vec![PublicKey {
            kid: KEY_ID.to_owned(),
            kty: "OKP".to_owned(),
            crv: "Ed25519".to_owned(),
            alg: "EdDSA".to_owned(),
            x: BASE64_URL_SAFE_NO_PAD.encode(self.signing.verifying_key().as_bytes()),
        }])
    }
}
