//! Files under their SHA-256 in a local folder: written once, never changed.
//!
//! The same bytes are kept once. A file is there whole or not at all: it is written beside its place, synced, and moved.

use std::{
    fs::{self, File},
    io::{self, Write as _},
    path::PathBuf,
    process,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use sha2::{Digest as _, Sha256};

/// A file's name: the SHA-256 of its bytes.
pub type FileHash = [u8; 32];

/// What files of these bytes are named.
pub fn hash(bytes: &[u8]) -> FileHash {
    Sha256::digest(bytes).into()
}

static NEXT: AtomicU64 = AtomicU64::new(0);

/// A folder of files. Cheap to clone.
#[derive(Clone, Debug)]
pub struct FileStore(Arc<PathBuf>);

impl FileStore {
    /// The store in `folder`, which is made with the first file.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self(Arc::new(folder.into()))
    }

    /// Keeps `bytes`; when this returns, they are on disk.
    ///
    /// # Errors
    /// When the folder can't be written; then nothing was kept.
    pub async fn put(&self, bytes: Vec<u8>) -> io::Result<FileHash> {
        let store = self.clone();
        blocking(move || store.put_now(&bytes)).await
    }

    /// The bytes of this hash; none where there is no such file.
    ///
    /// # Errors
    /// When the folder can't be read, or the file isn't what its name says.
    pub async fn get(&self, hash: FileHash) -> io::Result<Option<Vec<u8>>> {
        let store = self.clone();
        blocking(move || store.get_now(&hash)).await
    }

    fn place(&self, hash: &FileHash) -> PathBuf {
        let name: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        self.0.join(&name[..2]).join(name)
    }

    fn put_now(&self, bytes: &[u8]) -> io::Result<FileHash> {
        let hash = hash(bytes);
        let place = self.place(&hash);
        if place.is_file() {
            return Ok(hash);
        }
        let folder = place.parent().map_or_else(|| self.0.as_path().to_owned(), ToOwned::to_owned);
        fs::create_dir_all(&folder)?;
        let beside = folder.join(format!(".{}-{}", process::id(), NEXT.fetch_add(1, Ordering::Relaxed)));
        let written = write(&beside, bytes).and_then(|()| fs::rename(&beside, &place));
        if written.is_err() {
            // The half-written file is of no use to anybody.
            let _ = fs::remove_file(&beside);
        }
        written?;
        File::open(&folder)?.sync_all()?;
        Ok(hash)
    }

    fn get_now(&self, hash: &FileHash) -> io::Result<Option<Vec<u8>>> {
        match fs::read(self.place(hash)) {
            Ok(bytes) if Sha256::digest(&bytes).as_slice() == hash => Ok(Some(bytes)),
            Ok(_) => Err(io::Error::new(io::ErrorKind::InvalidData, "a file doesn't have its hash")),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }
}

fn write(path: &PathBuf, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(io::Error::other)?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_same_bytes_are_kept_once_and_come_back_whole() {
        let folder = tempfile::TempDir::new().unwrap();
        let store = FileStore::new(folder.path().join("files"));
        let hash = store.put(b"abc".to_vec()).await.unwrap();
        assert_eq!(store.put(b"abc".to_vec()).await.unwrap(), hash);
        assert_eq!(store.get(hash).await.unwrap().as_deref(), Some(b"abc".as_slice()));
        assert_eq!(store.get([0; 32]).await.unwrap(), None);
    }

    #[tokio::test]
    async fn a_file_that_was_tampered_with_is_an_error_and_not_an_answer() {
        let folder = tempfile::TempDir::new().unwrap();
        let store = FileStore::new(folder.path());
        let hash = store.put(b"abc".to_vec()).await.unwrap();
        fs::write(store.place(&hash), b"abd").unwrap();
        assert_eq!(store.get(hash).await.unwrap_err().kind(), io::ErrorKind::InvalidData);
    }
}
