//! Access tokens: short-lived, signed by auth-service with Ed25519, verified anywhere with its public keys.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, RwLock},
};

use foundation::{Clock, Instant, Problem, Span};
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use utoipa::ToSchema;

use crate::{AccountActor, AccountId, Grant, SessionId};

/// Verified tokens that are remembered, so that a busy client costs one signature check and not hundreds.
const VERIFIED_MAX: usize = 20_000;
/// Public keys are asked for again at most this often, so that forged key ids can't make us ask.
const KEYS_REFRESH: Span = Span::from_seconds(30);
/// After a failure they aren't asked for during this time: whoever comes with an unknown key is told at once.
const KEYS_PAUSE: Span = Span::from_seconds(2);
/// Who issues our tokens.
const ISSUER: &str = "exam-system";

/// What an access token says.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccessClaims {
    /// Always `exam-system`.
    pub iss: String,
    /// The account.
    pub sub: AccountId,
    /// The session.
    pub sid: SessionId,
    /// Issued at, seconds since the epoch.
    pub iat: i64,
    /// Expires at, seconds since the epoch.
    pub exp: i64,
    /// Roles, and where they hold.
    pub grants: Vec<Grant>,
}

impl AccessClaims {
    /// Claims for `actor`, good from `now` for `life`.
    pub fn new(actor: AccountActor, now: Instant, life: Span) -> Self {
        Self {
            iss: ISSUER.to_owned(),
            sub: actor.account,
            sid: actor.session,
            iat: now.as_seconds(),
            exp: (now + life).as_seconds(),
            grants: actor.grants,
        }
    }
}

/// A public key that verifies access tokens (a JWK of RFC 8037).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PublicKey {
    /// Key id, as in the tokens' headers.
    pub kid: String,
    /// Always `OKP`.
    pub kty: String,
    /// Always `Ed25519`.
    pub crv: String,
    /// Always `EdDSA`.
    pub alg: String,
    /// The key, base64url.
    pub x: String,
}

/// Tells the public keys of auth-service.
#[async_trait::async_trait]
pub trait KeySource: Send + Sync + 'static {
    /// The keys that are good now.
    ///
    /// # Errors
    /// When they can't be had.
    async fn public_keys(&self) -> Result<Vec<PublicKey>, Problem>;
}

/// The person behind a token, and when it expires, in seconds since the epoch.
type Verified = (Arc<AccountActor>, i64);

/// Verifies access tokens, and remembers the ones it has verified.
pub struct AccessVerifier {
    source: Arc<dyn KeySource>,
    clock: Arc<dyn Clock>,
    keys: RwLock<HashMap<String, DecodingKey>>,
    asked_at: tokio::sync::Mutex<Option<Instant>>,
    failed: tokio::sync::Mutex<Option<(Instant, Problem)>>,
    verified: RwLock<HashMap<[u8; 32], Verified>>,
}

impl AccessVerifier {
    /// A verifier that gets its keys from `source`.
    pub fn new(source: Arc<dyn KeySource>, clock: Arc<dyn Clock>) -> Self {
        Self {
            source,
            clock,
            keys: RwLock::default(),
            asked_at: tokio::sync::Mutex::default(),
            failed: tokio::sync::Mutex::default(),
            verified: RwLock::default(),
        }
    }

    /// The person behind `token`.
    ///
    /// # Errors
    /// 401 when the token is forged or expired; what the key source says when keys can't be had.
    pub async fn verify(&self, token: &str) -> Result<Arc<AccountActor>, Problem> {
        let now = self.clock.now().as_seconds();
        let digest: [u8; 32] = Sha256::digest(token.as_bytes()).into();
        if let Some((actor, expires)) = read(&self.verified).get(&digest) {
            return if now < *expires { Ok(Arc::clone(actor)) } else { Err(expired()) };
        }
        let kid = jsonwebtoken::decode_header(token)
            .ok()
            .filter(|header| header.alg == Algorithm::EdDSA)
            .and_then(|header| header.kid)
            .ok_or_else(forged)?;
        let key = match self.key(&kid) {
            Some(key) => key,
            None => {
                self.refresh().await?;
                self.key(&kid).ok_or_else(forged)?
            }
        };
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.set_issuer(&[ISSUER]);
        // Expiry is checked below, by the clock that we are given.
        validation.validate_exp = false;
        let claims =
            jsonwebtoken::decode::<AccessClaims>(token, &key, &validation).map_err(|_| forged())?.claims;
        if now >= claims.exp {
            return Err(expired());
        }
        let actor =
            Arc::new(AccountActor { account: claims.sub, session: claims.sid, grants: claims.grants });
        let mut verified = self.verified.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        if verified.len() >= VERIFIED_MAX {
            verified.retain(|_, (_, expires)| now < *expires);
        }
        if verified.len() < VERIFIED_MAX {
            verified.insert(digest, (Arc::clone(&actor), claims.exp));
        }
        Ok(actor)
    }

    fn key(&self, kid: &str) -> Option<DecodingKey> {
        read(&self.keys).get(kid).cloned()
    }

    async fn refresh(&self) -> Result<(), Problem> {
        let mut asked_at = self.asked_at.lock().await;
        let now = self.clock.now();
        if asked_at.is_some_and(|asked| now < asked + KEYS_REFRESH) {
            return Ok(());
        }
        if let Some((since, problem)) = &*self.failed.lock().await
            && now < *since + KEYS_PAUSE
        {
            return Err(problem.clone());
        }
        if let Err(problem) = self.read_keys().await {
            *self.failed.lock().await = Some((now, problem.clone()));
            return Err(problem);
        }
        *asked_at = Some(now);
        Ok(())
    }

    /// Reads the public keys now. When they can't be had, those that are known stay good.
    ///
    /// # Errors
    /// What the key source says.
    pub async fn read_keys(&self) -> Result<(), Problem> {
        let keys = self.source.public_keys().await?;
        *self.keys.write().unwrap_or_else(std::sync::PoisonError::into_inner) = keys
            .into_iter()
            .filter_map(|key| Some((key.kid, DecodingKey::from_ed_components(&key.x).ok()?)))
            .collect();
        Ok(())
    }
}

impl fmt::Debug for AccessVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AccessVerifier")
    }
}

fn read<T>(lock: &RwLock<T>) -> std::sync::RwLockReadGuard<'_, T> {
    lock.read().unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn forged() -> Problem {
    Problem::unauthenticated("auth.token_invalid", "Your sign-in isn't valid. Sign in again.")
}

fn expired() -> Problem {
    Problem::unauthenticated(
        "auth.token_expired",
        "Your sign-in has run out. It is renewed by itself, or sign in again.",
    )
}
