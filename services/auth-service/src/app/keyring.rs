//! The keys that sign access tokens: made here, kept sealed, rotated, published.

use std::{
    fmt,
    sync::{Arc, PoisonError, RwLock},
};

use authz::{AccessClaims, AccountActor, PublicKey, Sealer, Secrets};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use db::Db;
use ed25519_dalek::{SigningKey, pkcs8::EncodePrivateKey as _};
use foundation::{Clock, Instant, Problem, Random, Span};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use sha2::{Digest as _, Sha256};

use crate::store::{self, signing_keys::KeyRow};

/// How long an access token is good.
pub const ACCESS_TOKEN_MINUTES: i64 = 10;
/// How long before it first signs a new key is published: by then every verifier has asked for the keys again.
pub const KEY_LEAD_MINUTES: i64 = 10;
/// How long a key signs before its successor is made.
pub const KEY_DAYS: i64 = 30;
/// How long a key is published after its successor began to sign: far longer than a token lives.
const KEY_STAYS_HOURS: i64 = 24;
/// How long the keys are remembered before the table is looked at again: another process may have rotated them.
const REMEMBERED_SECONDS: i64 = 30;

/// The signing keys of an installation.
pub struct Keyring {
    db: Db,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    seal: Sealer,
    known: RwLock<Option<Known>>,
}

#[derive(Clone)]
struct Known {
    read_at: Instant,
    keys: Arc<[Key]>,
}

struct Key {
    kid: String,
    public: [u8; 32],
    sign: EncodingKey,
    activates_at: Instant,
}

impl Keyring {
    /// Opens the ring, and makes a first key if there is none that can be read.
    ///
    /// # Errors
    /// When the database can't be read or written.
    pub async fn open(
        db: Db,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
        secrets: &Secrets,
    ) -> Result<Self, Problem> {
        let seal = Sealer::new(secrets, "signing-key-seal v1");
        let ring = Self { db, clock, random, seal, known: RwLock::new(None) };
        if ring.keys().await?.is_empty() {
            ring.make_first().await?;
        }
        Ok(ring)
    }

    /// The public keys that verify the tokens in circulation.
    ///
    /// # Errors
    /// When the database can't be read.
    pub async fn public_keys(&self) -> Result<Vec<PublicKey>, Problem> {
        let now = self.clock.now();
        let keys = self.keys().await?;
        let gone_before = now - Span::from_minutes(60 * KEY_STAYS_HOURS);
        // A key is gone when its successor has signed long enough.
        let first = keys.iter().rposition(|key| key.activates_at <= gone_before).unwrap_or(0);
        Ok(keys[first..]
            .iter()
            .map(|key| PublicKey {
                kid: key.kid.clone(),
                kty: "OKP".to_owned(),
                crv: "Ed25519".to_owned(),
                alg: "EdDSA".to_owned(),
                x: BASE64_URL_SAFE_NO_PAD.encode(key.public),
            })
            .collect())
    }

    /// Signs an access token for `actor`.
    ///
    /// # Errors
    /// When there is no key to be had.
    pub async fn sign(&self, actor: AccountActor) -> Result<String, Problem> {
        let now = self.clock.now();
        let keys = self.keys().await?;
        let key = keys
            .iter()
            .rev()
            .find(|key| key.activates_at <= now)
            .or_else(|| keys.first())
            .ok_or_else(|| Problem::internal("there is no signing key"))?;
        let mut header = Header::new(Algorithm::EdDSA);
        header.kid = Some(key.kid.clone());
        let claims = AccessClaims::new(actor, now, Span::from_minutes(ACCESS_TOKEN_MINUTES));
        jsonwebtoken::encode(&header, &claims, &key.sign).map_err(Problem::internal)
    }

    /// Makes the next key; it starts to sign after [`KEY_LEAD_MINUTES`]. Keys that are long gone are deleted.
    ///
    /// # Errors
    /// When the database can't take it.
    pub async fn rotate(&self) -> Result<String, Problem> {
        let now = self.clock.now();
        let row = self.new_key(now, now + Span::from_minutes(KEY_LEAD_MINUTES))?;
        let mut tx = self.db.begin().await?;
        store::signing_keys::lock(&mut tx).await?;
        store::signing_keys::insert(&mut tx, &row).await?;
        let gone_before = now - Span::from_minutes(60 * KEY_STAYS_HOURS);
        let rows = store::signing_keys::list(&mut tx).await?;
        if let Some(oldest_published) = rows.iter().rev().find(|key| key.activates_at <= gone_before) {
            store::signing_keys::delete_before(&mut tx, oldest_published.activates_at).await?;
        }
        tx.commit().await?;
        self.forget();
        Ok(row.kid)
    }

    /// Makes the next key if the newest is old enough; answers its id if it did.
    ///
    /// # Errors
    /// When the database can't be read or written.
    pub async fn rotate_when_due(&self) -> Result<Option<String>, Problem> {
        let newest = self.keys().await?.last().map(|key| key.activates_at);
        let due = newest.is_none_or(|at| at + Span::from_minutes(24 * 60 * KEY_DAYS) <= self.clock.now());
        if due { self.rotate().await.map(Some) } else { Ok(None) }
    }

    async fn make_first(&self) -> Result<(), Problem> {
        let now = self.clock.now();
        let row = self.new_key(now, now)?;
        let mut tx = self.db.begin().await?;
        store::signing_keys::lock(&mut tx).await?;
        // Another process may have been faster.
        let rows = store::signing_keys::list(&mut tx).await?;
        if rows.iter().all(|row| self.read_key(row).is_none()) {
            store::signing_keys::insert(&mut tx, &row).await?;
        }
        tx.commit().await?;
        self.forget();
        Ok(())
    }

    async fn keys(&self) -> Result<Arc<[Key]>, Problem> {
        let now = self.clock.now();
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(known) = known
            && now < known.read_at + Span::from_seconds(REMEMBERED_SECONDS)
            && now >= known.read_at
        {
            return Ok(known.keys);
        }
        let mut conn = self.db.read().await?;
        let rows = store::signing_keys::list(&mut conn).await?;
        drop(conn);
        let keys: Arc<[Key]> = rows.iter().filter_map(|row| self.read_key(row)).collect();
        *self.known.write().unwrap_or_else(PoisonError::into_inner) =
            Some(Known { read_at: now, keys: Arc::clone(&keys) });
        Ok(keys)
    }

    fn forget(&self) {
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = None;
    }

    fn new_key(&self, now: Instant, activates_at: Instant) -> Result<KeyRow, Problem> {
        let mut private = [0; 32];
        self.random.fill(&mut private);
        let public = SigningKey::from_bytes(&private).verifying_key().to_bytes();
        let digest = Sha256::digest(public);
        let kid = BASE64_URL_SAFE_NO_PAD.encode(&digest[..12]);
        let private_sealed = self
            .seal
            .seal(&*self.random, &kid, &private)
            .ok_or_else(|| Problem::internal("a signing key can't be sealed"))?;
        Ok(KeyRow { kid, public_key: public.to_vec(), private_sealed, created_at: now, activates_at })
    }

    /// Opens a stored key. One that can't be opened was sealed under another `JWT_SECRET`; whoever changed that wants
    /// nothing to do with the tokens it signed.
    fn read_key(&self, row: &KeyRow) -> Option<Key> {
        let key = self.open_key(row);
        if key.is_none() {
            tracing::warn!(
                kid = row.kid,
                "signing key can't be opened: JWT_SECRET was changed, its tokens are void"
            );
        }
        key
    }

    fn open_key(&self, row: &KeyRow) -> Option<Key> {
        let signing = SigningKey::from_bytes(&self.seal.open(&row.kid, &row.private_sealed)?);
        let der = signing.to_pkcs8_der().ok()?;
        Some(Key {
            kid: row.kid.clone(),
            public: signing.verifying_key().to_bytes(),
            sign: EncodingKey::from_ed_der(der.as_bytes()),
            activates_at: row.activates_at,
        })
    }
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keyring")
    }
}

#[cfg(test)]
mod tests {
    use authz::{AccountId, SessionId};
    use foundation::{ManualClock, SystemRandom};
    use test_kit::TestDatabase;

    use super::*;

    async fn ring(database: &TestDatabase, clock: &ManualClock, secret: u8) -> Keyring {
        let db = database.open(&crate::schema()).await;
        let secrets = Secrets::new(&[secret; 32]).unwrap();
        Keyring::open(db, Arc::new(clock.clone()), Arc::new(SystemRandom), &secrets).await.unwrap()
    }

    async fn kid_that_signs(ring: &Keyring) -> String {
        let account = AccountId::from_uuid(Default::default());
        let session = SessionId::from_uuid(Default::default());
        let token = ring.sign(AccountActor { account, session, grants: Vec::new() }).await.unwrap();
        jsonwebtoken::decode_header(token).unwrap().kid.unwrap()
    }

    async fn published(ring: &Keyring) -> Vec<String> {
        ring.public_keys().await.unwrap().into_iter().map(|key| key.kid).collect()
    }

    test_kit::on_both_databases! {
        async fn a_new_key_is_published_before_it_signs_and_the_old_one_while_its_tokens_live(database: TestDatabase) {
            let clock = ManualClock::at("2026-01-05T08:00:00Z");
            let ring = ring(&database, &clock, 1).await;
            let old = kid_that_signs(&ring).await;
            let new = ring.rotate().await.unwrap();
            assert_eq!(published(&ring).await, [old.clone(), new.clone()]);
            assert_eq!(kid_that_signs(&ring).await, old);
            clock.advance(Span::from_minutes(KEY_LEAD_MINUTES));
            assert_eq!(kid_that_signs(&ring).await, new);
            assert_eq!(published(&ring).await, [old, new.clone()]);
            clock.advance(Span::from_minutes(60 * KEY_STAYS_HOURS));
            assert_eq!(published(&ring).await, [new]);
        }

        async fn a_key_is_rotated_by_itself_when_it_is_old(database: TestDatabase) {
            let clock = ManualClock::at("2026-01-05T08:00:00Z");
            let ring = ring(&database, &clock, 1).await;
            assert_eq!(ring.rotate_when_due().await.unwrap(), None);
            clock.advance(Span::from_minutes(24 * 60 * KEY_DAYS));
            assert!(ring.rotate_when_due().await.unwrap().is_some());
            assert_eq!(ring.rotate_when_due().await.unwrap(), None);
        }

        async fn a_second_process_signs_with_the_same_key_and_another_secret_with_a_new_one(database: TestDatabase) {
            let clock = ManualClock::at("2026-01-05T08:00:00Z");
            let first = ring(&database, &clock, 1).await;
            let second = ring(&database, &clock, 1).await;
            assert_eq!(kid_that_signs(&first).await, kid_that_signs(&second).await);
            let changed = ring(&database, &clock, 2).await;
            assert_ne!(kid_that_signs(&first).await, kid_that_signs(&changed).await);
            assert_eq!(published(&changed).await, [kid_that_signs(&changed).await]);
        }
    }
}
