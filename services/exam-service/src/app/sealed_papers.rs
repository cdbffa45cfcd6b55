//! What opens sealed papers: kept in memory once it was needed, so that a start asks no table for it.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, PoisonError, RwLock},
};

use authz::{Sealer, Secrets};
use bytes::Bytes;
use db::{Db, Error, Result};
use exam_api::PaperId;
use receipts::Hash;

use crate::{
    domain::sealed::{ContentKey, SealedFile, hex},
    store,
};

/// Papers that are remembered: some 200 bytes each, and their pictures.
const PAPERS_MAX: usize = 10_000;

/// Sealed bytes that are remembered, in all and of one file.
const CONTENTS_BYTES_MAX: usize = 64 * 1024 * 1024;
const CONTENT_BYTES_MAX: usize = 1024 * 1024;

/// A sealed paper: where it lies, and what opens it.
#[derive(Clone, Debug)]
pub struct SealedPaper {
    /// Its address.
    pub file: SealedFile,
    /// The addresses of its pictures.
    pub media: Vec<SealedFile>,
    /// What opens it. Nobody gets it before they may start.
    pub key: ContentKey,
}

/// The sealed papers in use.
pub struct SealedPapers {
    sealer: Sealer,
    /// None for a paper that was published before papers were sealed.
    known: RwLock<HashMap<PaperId, Option<Arc<SealedPaper>>>>,
    contents: RwLock<Contents>,
}

/// Sealed bytes by their hash: a whole hall fetches the same few files.
#[derive(Default)]
struct Contents {
    files: HashMap<Hash, Bytes>,
    bytes: usize,
}

impl SealedPapers {
    /// Knows none yet.
    pub fn new(secrets: &Secrets) -> Self {
        Self {
            sealer: Sealer::new(secrets, "paper-key v1"),
            known: RwLock::default(),
            contents: RwLock::default(),
        }
    }

    /// The sealed bytes of this hash, if they were read lately.
    pub fn content(&self, hash: Hash) -> Option<Bytes> {
        self.contents.read().unwrap_or_else(PoisonError::into_inner).files.get(&hash).cloned()
    }

    /// Remembers sealed bytes that were just read; not those of a large picture.
    pub fn remember(&self, hash: Hash, content: &Bytes) {
        if content.len() > CONTENT_BYTES_MAX {
            return;
        }
        let mut contents = self.contents.write().unwrap_or_else(PoisonError::into_inner);
        if contents.bytes + content.len() > CONTENTS_BYTES_MAX {
            *contents = Contents::default();
        }
        if contents.files.insert(hash, content.clone()).is_none() {
            contents.bytes += content.len();
        }
    }

    /// Seals the keys of papers.
    pub const fn sealer(&self) -> &Sealer {
        &self.sealer
    }

    /// The sealed form of a paper; none of one that was published before papers were sealed. Asks for a connection when
    /// it needs one: hold none.
    ///
    /// # Errors
    /// When the database can't be read, or the operator's secret isn't the one under which the paper was published.
    pub async fn get(&self, db: &Db, paper: PaperId) -> Result<Option<Arc<SealedPaper>>> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner).get(&paper).cloned();
        match known {
            Some(known) => Ok(known),
            None => Box::pin(self.read(db, paper)).await,
        }
    }

    async fn read(&self, db: &Db, paper: PaperId) -> Result<Option<Arc<SealedPaper>>> {
        let head = store::sealed::head(&mut db.read().await?, paper).await?;
        let sealed = match head {
            None => None,
            Some(head) => {
                let sha256 = hex(&head.hash);
                let key = self.sealer.open(&sha256, &head.key_sealed).ok_or_else(|| {
                    let why = "JWT_SECRET isn't the one under which this paper was published";
                    Error::corrupt("exam.sealed_papers", "key_sealed", paper, why)
                })?;
                let file = SealedFile { sha256, bytes: u64::try_from(head.bytes).unwrap_or(0) };
                Some(Arc::new(SealedPaper { file, media: head.media, key: receipts::Bytes(key) }))
            }
        };
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= PAPERS_MAX {
            known.clear();
        }
        known.insert(paper, sealed.clone());
        Ok(sealed)
    }
}

impl fmt::Debug for SealedPapers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealedPapers")
    }
}
