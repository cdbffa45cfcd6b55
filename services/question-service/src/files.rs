//! Pictures as files, each named by the hash of its bytes.

use std::{
    io::{ErrorKind, Result},
    path::PathBuf,
};

use tokio::{fs, io::AsyncWriteExt as _};

use crate::domain::picture::hex;

/// A folder of files that are never changed: what has a name has its content for ever.
#[derive(Clone, Debug)]
pub struct FileStore {
    folder: PathBuf,
}

impl FileStore {
    /// Files in `folder`, which is made when the first file comes.
    pub const fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Keeps `bytes` under their hash. When this returns, the disk has them; `unique` tells two writers apart.
    ///
    /// # Errors
    /// When the disk refuses; then nothing is kept.
    pub async fn put(&self, hash: &[u8; 32], bytes: &[u8], unique: &str) -> Result<()> {
        let path = self.path(hash);
        if fs::try_exists(&path).await? {
            return Ok(());
        }
        let folder = path.parent().map(PathBuf::from).unwrap_or_else(|| self.folder.clone());
        fs::create_dir_all(&folder).await?;
        // Written aside and renamed: a reader sees the whole file or none.
        let aside = folder.join(format!("{}.{unique}.part", hex(hash)));
        let mut file = fs::File::create_new(&aside).await?;
        let written = async {
            file.write_all(bytes).await?;
            file.sync_all().await?;
            fs::rename(&aside, &path).await?;
            fs::File::open(&folder).await?.sync_all().await
        }
        .await;
        if written.is_err() {
            // What can't be written can perhaps still be removed; either way the first error is the one to tell.
            let _ = fs::remove_file(&aside).await;
        }
        written
    }

    /// The bytes under a hash; none when nothing is kept there.
    ///
    /// # Errors
    /// When the disk can't read.
    pub async fn get(&self, hash: &[u8; 32]) -> Result<Option<Vec<u8>>> {
        match fs::read(self.path(hash)).await {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Two levels of folders, so that none holds too many files.
    fn path(&self, hash: &[u8; 32]) -> PathBuf {
        let name = hex(hash);
        self.folder.join(&name[..2]).join(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_kept_once_and_read_back() {
        test_kit::run(async {
            let folder = tempfile::tempdir().unwrap();
            let files = FileStore::new(folder.path().join("media"));
            let hash = [7; 32];
            assert_eq!(files.get(&hash).await.unwrap(), None);
            for writer in ["a", "b"] {
                files.put(&hash, b"picture", writer).await.unwrap();
            }
            assert_eq!(files.get(&hash).await.unwrap().as_deref(), Some(&b"picture"[..]));
            let kept: Vec<_> = std::fs::read_dir(folder.path().join("media/07")).unwrap().collect();
            assert_eq!(kept.len(), 1);
        });
    }

    #[test]
    fn a_folder_that_cant_be_written_is_an_error_and_leaves_nothing() {
        test_kit::run(async {
            let folder = tempfile::tempdir().unwrap();
            std::fs::write(folder.path().join("media"), "a file in the way").unwrap();
            let files = FileStore::new(folder.path().join("media"));
            assert!(files.put(&[7; 32], b"picture", "a").await.is_err());
        });
    }
}
