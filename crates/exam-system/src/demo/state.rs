//! The file that says how far the demo has come, and what it made.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, bail};
use authz::SittingId;
use db::{DbConfig, FolderLock};
use foundation::Instant;
use serde::{Deserialize, Serialize};

use crate::config::Config;

/// Its name within the data folder.
const FILE: &str = "demo.json";
/// What SQLite writes beside a database file.
const SQLITE_ENDS: [&str; 3] = [".sqlite3", ".sqlite3-wal", ".sqlite3-shm"];
/// Folders of the data folder that hold files of the demo.
const FOLDERS: [&str; 2] = ["media", "files"];

/// How far the demo has come.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum State {
    /// It is being loaded, or loading it was interrupted.
    Loading,
    /// It is there.
    Loaded(Box<Loaded>),
}

/// What the demo made, for the next start.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Loaded {
    /// Questions, by their number.
    pub questions: BTreeMap<String, String>,
    /// The exam that is practised now.
    pub practice: ExamHead,
    /// The exam that is about to open.
    pub reading: ExamHead,
    /// Accounts of the candidates, the demo candidate first.
    pub candidates: Vec<String>,
    /// The sitting that was over when the demo was loaded.
    pub past: SittingHead,
    /// The sitting whose essays wait for a marker; none in a demo of an earlier version.
    #[serde(default)]
    pub second: Option<SittingHead>,
    /// The sitting that is open.
    pub open: SittingHead,
    /// The sitting that is about to open.
    pub upcoming: SittingHead,
}

/// An exam.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ExamHead {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its publication.
    pub publication_id: String,
    /// Its forms.
    pub forms: usize,
}

/// A sitting.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SittingHead {
    /// Its id.
    pub id: SittingId,
    /// Its title.
    pub title: String,
    /// When it opens, or opened.
    pub opens_at: Instant,
    /// When its window ends.
    pub window_ends_at: Instant,
    /// The demo candidate's admission code, as printed.
    pub code: String,
}

impl State {
    /// Reads the file; none when there is no demo here.
    ///
    /// # Errors
    /// When it is there and can't be read.
    pub fn read(data: &Path) -> Result<Option<Self>> {
        let path = path(data);
        match fs::read(&path) {
            Ok(bytes) => {
                let state = serde_json::from_slice(&bytes)
                    .with_context(|| format!("{} isn't what the demo wrote", path.display()))?;
                Ok(Some(state))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| format!("can't read {}", path.display())),
        }
    }

    /// Writes the file, whole or not at all.
    ///
    /// # Errors
    /// When the folder can't be written.
    pub fn write(&self, data: &Path) -> Result<()> {
        let path = path(data);
        let beside = path.with_extension("json.new");
        let write = || -> io::Result<()> {
            fs::create_dir_all(data)?;
            fs::write(&beside, serde_json::to_vec_pretty(self)?)?;
            fs::File::open(&beside)?.sync_all()?;
            fs::rename(&beside, &path)
        };
        write().with_context(|| format!("can't write {}", path.display()))
    }
}

fn path(data: &Path) -> PathBuf {
    data.join(FILE)
}

/// Whether the data folder holds a demo, whole or half.
pub fn is_here(data: &Path) -> bool {
    path(data).exists()
}

/// Removes a demo whose loading was interrupted. Nothing else can be there: loading begins in an empty database, and
/// nobody is served before it ends.
///
/// # Errors
/// When files can't be removed, another process uses them, or the database is one that only its owner may empty.
pub fn wipe(config: &Config) -> Result<()> {
    let DbConfig::Sqlite { folder } = &config.database else {
        bail!(
            "loading the demo was interrupted, and it lies half in PostgreSQL: give an empty database, and remove {}",
            path(&config.data).display()
        );
    };
    let lock = FolderLock::take(folder)?;
    for entry in fs::read_dir(folder).with_context(|| format!("can't read {}", folder.display()))? {
        let entry = entry?;
        let name = entry.file_name();
        if SQLITE_ENDS.iter().any(|end| name.to_string_lossy().ends_with(end)) {
            fs::remove_file(entry.path())?;
        }
    }
    for name in FOLDERS {
        match fs::remove_dir_all(config.data.join(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(error).with_context(|| format!("can't remove {name}"));
            }
            _ => {}
        }
    }
    fs::remove_file(path(&config.data))?;
    drop(lock);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_read_as_it_was_written() {
        let folder = tempfile::tempdir().unwrap();
        assert!(State::read(folder.path()).unwrap().is_none() && !is_here(folder.path()));
        State::Loading.write(folder.path()).unwrap();
        assert!(matches!(State::read(folder.path()).unwrap(), Some(State::Loading)));
        assert!(is_here(folder.path()));
        fs::write(path(folder.path()), b"{").unwrap();
        assert!(State::read(folder.path()).is_err());
    }
}
