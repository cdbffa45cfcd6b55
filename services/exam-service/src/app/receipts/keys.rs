//! The key that signs receipts: made here, kept sealed, rotated by a command. Old ones verify for good.

use std::{
    fmt,
    sync::{Arc, PoisonError, RwLock},
};

use authz::{Sealer, Secrets};
use db::{Conn, Db, Error};
use foundation::{Clock, Random};
use receipts::{Bytes, Jwk, SigningKey};

use crate::store::{self, receipt_keys::KeyRow};

/// The signing key of an installation.
pub struct ReceiptKeys {
    sealer: Sealer,
    current: RwLock<Arc<SigningKey>>,
}

impl ReceiptKeys {
    /// Reads the newest key that can be opened, and makes a first one if there is none: an operator who changed the
    /// secret gets a new key, and old receipts still verify.
    ///
    /// # Errors
    /// When the database can't be read or written.
    pub async fn open(
        db: &Db,
        clock: &dyn Clock,
        random: &dyn Random,
        secrets: &Secrets,
    ) -> db::Result<Self> {
        let sealer = Sealer::new(secrets, "receipt-key-seal v1");
        let mut conn = db.read().await?;
        let newest = newest(&sealer, &store::receipt_keys::list(&mut conn).await?);
        drop(conn);
        let current = match newest {
            Some(key) => key,
            None => make(db, &sealer, clock, random, Wanted::First).await?,
        };
        Ok(Self { sealer, current: RwLock::new(Arc::new(current)) })
    }

    /// The key that signs.
    pub fn current(&self) -> Arc<SigningKey> {
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Looks again which key is the newest.
    ///
    /// # Errors
    /// When the database can't be read.
    pub async fn read(&self, db: &Db) -> db::Result<()> {
        let mut conn = db.read().await?;
        if let Some(key) = newest(&self.sealer, &store::receipt_keys::list(&mut conn).await?) {
            self.set(key);
        }
        Ok(())
    }

    /// Makes the next key, which signs at once here and within half a minute in other processes; answers its id.
    ///
    /// # Errors
    /// When the database can't be written.
    pub async fn rotate(&self, db: &Db, clock: &dyn Clock, random: &dyn Random) -> db::Result<String> {
        let key = make(db, &self.sealer, clock, random, Wanted::Next).await?;
        let id = key.id().to_owned();
        self.set(key);
        Ok(id)
    }

    fn set(&self, key: SigningKey) {
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(key);
    }
}

impl fmt::Debug for ReceiptKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ReceiptKeys({})", self.current().id())
    }
}

/// The public keys that verify receipts, of every key there ever was.
///
/// # Errors
/// When the database can't be read.
pub async fn public_keys(conn: &mut Conn) -> db::Result<Vec<Jwk>> {
    let rows = store::receipt_keys::list(conn).await?;
    rows.into_iter()
        .map(|row| {
            let x = row.public_key.try_into().map(Bytes);
            let x =
                x.map_err(|_| Error::corrupt("exam.receipt_keys", "public_key", &row.kid, "not 32 bytes"))?;
            Ok(Jwk::of(row.kid, x))
        })
        .collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// Unless another process was faster.
    First,
    Next,
}

async fn make(
    db: &Db,
    sealer: &Sealer,
    clock: &dyn Clock,
    random: &dyn Random,
    wanted: Wanted,
) -> db::Result<SigningKey> {
    let mut secret = [0; 32];
    random.fill(&mut secret);
    let key = SigningKey::from_secret(&secret);
    let private_sealed = sealer
        .seal(random, key.id(), &secret)
        .ok_or_else(|| Error::Config("the key of receipts can't be sealed".to_owned()))?;
    let mut tx = db.begin().await?;
    store::receipt_keys::lock(&mut tx).await?;
    let rows = store::receipt_keys::list(&mut tx).await?;
    if wanted == Wanted::First
        && let Some(there) = newest(sealer, &rows)
    {
        tx.commit().await?;
        return Ok(there);
    }
    let row = KeyRow {
        kid: key.id().to_owned(),
        public_key: key.public().x.0.to_vec(),
        private_sealed,
        // Later than every other, whatever the clock says: the newest is the one that signs.
        created_at: rows
            .iter()
            .map(|row| row.created_at + foundation::Span::from_micros(1))
            .fold(clock.now(), Ord::max),
    };
    store::receipt_keys::insert(&mut tx, &row).await?;
    tx.commit().await?;
    Ok(key)
}

/// The newest key that opens.
fn newest(sealer: &Sealer, rows: &[KeyRow]) -> Option<SigningKey> {
    rows.iter().rev().find_map(|row| {
        let key = SigningKey::from_secret(&sealer.open(&row.kid, &row.private_sealed)?);
        (key.id() == row.kid).then_some(key)
    })
}
