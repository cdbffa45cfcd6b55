//! Opening a service's database.

use std::path::PathBuf;

use crate::{Conn, Error, Listener, PgSettings, Result, Schema, Tx, postgres, sqlite};

/// Which database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DbKind {
    /// A file per service.
    Sqlite,
    /// A schema per service.
    Postgres,
}

/// Where the data lives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DbConfig {
    /// A folder with a file per service.
    Sqlite {
        /// The folder.
        folder: PathBuf,
    },
    /// A PostgreSQL database.
    Postgres {
        /// `postgres://user:password@host:port/database`, with `?sslmode=verify-full&sslrootcert=FILE` where the way
        /// there isn't one's own.
        url: String,
        /// How it is used.
        settings: PgSettings,
    },
}

impl DbConfig {
    /// Reads `DATABASE_URL`: `sqlite://FOLDER` or `postgres://…`.
    ///
    /// # Errors
    /// When it is neither.
    pub fn parse(url: &str) -> Result<Self> {
        if let Some(folder) = url.strip_prefix("sqlite:") {
            let folder = folder.strip_prefix("//").unwrap_or(folder);
            return Ok(Self::Sqlite {
                folder: PathBuf::from(if folder.is_empty() { "data" } else { folder }),
            });
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Self::postgres(url));
        }
        Err(Error::Config("DATABASE_URL must start with sqlite:// (a folder) or postgres://".to_owned()))
    }

    /// PostgreSQL at this address, used as usual.
    pub fn postgres(url: impl Into<String>) -> Self {
        Self::Postgres { url: url.into(), settings: PgSettings::default() }
    }

    /// Which database this is.
    pub const fn kind(&self) -> DbKind {
        match self {
            Self::Sqlite { .. } => DbKind::Sqlite,
            Self::Postgres { .. } => DbKind::Postgres,
        }
    }
}

/// A service's database. Cheap to clone.
#[derive(Clone, Debug)]
pub enum Db {
    /// On SQLite.
    Sqlite(sqlite::SqliteDb),
    /// On PostgreSQL.
    Postgres(postgres::PgDb),
}

impl Db {
    /// Opens the database and brings its schema up to date.
    ///
    /// # Errors
    /// When it can't be opened, or a migration fails.
    pub async fn open(config: &DbConfig, schema: &Schema) -> Result<Self> {
        match config {
            DbConfig::Sqlite { folder } => sqlite::SqliteDb::open(folder, schema).await.map(Self::Sqlite),
            DbConfig::Postgres { url, settings } => {
                postgres::PgDb::open(url, settings, schema).await.map(Self::Postgres)
            }
        }
    }

    /// Which database this is.
    pub const fn kind(&self) -> DbKind {
        match self {
            Self::Sqlite(_) => DbKind::Sqlite,
            Self::Postgres(_) => DbKind::Postgres,
        }
    }

    /// The same database over a connection of its own, for who works on a runtime of their own: a connection is served where
    /// it was made. To be called there. SQLite's have threads of their own, and are shared.
    #[must_use]
    pub fn alone(&self) -> Self {
        match self {
            Self::Sqlite(db) => Self::Sqlite(db.clone()),
            Self::Postgres(db) => Self::Postgres(db.alone()),
        }
    }

    /// Which connection this is of those that were made [alone](Self::alone): when the number is another one, so is the
    /// connection, and at its end may be a server that doesn't have what the one before had. SQLite's is always the same.
    pub fn connection_alone(&self) -> u64 {
        match self {
            Self::Sqlite(_) => 0,
            Self::Postgres(db) => db.made_alone(),
        }
    }

    /// A connection for reading. Never ask for a second one while holding one.
    ///
    /// # Errors
    /// When none is free in time.
    pub async fn read(&self) -> Result<Conn> {
        match self {
            Self::Sqlite(db) => db.read().await,
            Self::Postgres(db) => db.read().await,
        }
    }

    /// A connection for reading what may be some seconds old: from the replica where there is one and it answers.
    ///
    /// # Errors
    /// When none is free in time.
    pub async fn read_stale(&self) -> Result<Conn> {
        match self {
            Self::Sqlite(db) => db.read().await,
            Self::Postgres(db) => db.read_stale().await,
        }
    }

    /// A connection that reads everything as it is at the first reading, whatever is written meanwhile. For walks over much:
    /// held for long, it keeps the database from tidying up.
    ///
    /// # Errors
    /// When none is free in time.
    pub async fn read_snapshot(&self) -> Result<Conn> {
        match self {
            Self::Sqlite(db) => db.read_snapshot().await,
            Self::Postgres(db) => db.read_snapshot().await,
        }
    }

    /// What an operator should know of the server's standbys: none on SQLite, or when there is nothing to say.
    ///
    /// # Errors
    /// When the server can't be asked.
    pub async fn standby_warning(&self) -> Result<Option<String>> {
        match self {
            Self::Sqlite(_) => Ok(None),
            Self::Postgres(db) => db.standby_warning().await,
        }
    }

    /// A transaction for writing; on SQLite the file's only one.
    ///
    /// # Errors
    /// When none is free in time.
    pub async fn begin(&self) -> Result<Tx> {
        match self {
            Self::Sqlite(db) => db.begin().await.map(Tx),
            Self::Postgres(db) => db.begin().await.map(Tx),
        }
    }

    /// Refuses settings under which an acknowledged answer could be lost, and a database that isn't there.
    ///
    /// # Errors
    /// [`Error::NotDurable`] says which setting; [`Error::Unavailable`] that there is no answer.
    pub async fn check_durable(&self) -> Result<()> {
        match self {
            Self::Sqlite(db) => db.check_durable().await,
            Self::Postgres(db) => db.check_durable().await,
        }
    }

    /// Says `texts`, of [`NOTIFIED_BYTES_MAX`](crate::NOTIFIED_BYTES_MAX) at most each, to every process that listens to
    /// `channel` of this database; they are kept nowhere. On SQLite there is one process, so nobody to hear.
    ///
    /// # Errors
    /// When the database can't be asked.
    pub async fn notify(&self, channel: &str, texts: &[String]) -> Result<()> {
        match self {
            Self::Sqlite(_) => Ok(()),
            Self::Postgres(db) => db.notify(channel, texts).await,
        }
    }

    /// Listens to `channel` of this database; none on SQLite, where there is nobody else to be heard.
    ///
    /// # Errors
    /// When the database can't be asked.
    pub async fn listen(&self, channel: &str) -> Result<Option<Listener>> {
        match self {
            Self::Sqlite(_) => Ok(None),
            Self::Postgres(db) => db.listen(channel).await.map(Some),
        }
    }

    /// Lets go of every connection; SQLite folds its log into the file.
    pub async fn close(&self) {
        match self {
            Self::Sqlite(db) => db.close().await,
            Self::Postgres(db) => db.close().await,
        }
    }
}
