//! SQLite: a file per service, attached under the schema's name to an empty in-memory main.

use std::{
    fs::{self, File, TryLockError},
    path::{Path, PathBuf},
    str::FromStr as _,
    time::Duration,
};

use sqlx::{
    AssertSqlSafe, Connection as _, Sqlite, SqliteConnection, SqlitePool,
    sqlite::{SqliteConnectOptions, SqlitePoolOptions},
};

use crate::{Conn, DbKind, Error, Result, Schema, SqliteConn};

/// How long a caller waits for a connection before it is told to come back.
const ACQUIRE_SECONDS_MAX: u64 = 10;
/// How long SQLite waits for a lock that another connection holds.
const BUSY_SECONDS_MAX: u64 = 5;
/// Rows that SQLite's thread may read ahead of who asked: a smaller number has the two wait for each other.
const ROWS_AHEAD: usize = 1_000;
/// The connection that writes: room for the pages that a sitting of 10,000 changes again and again.
const WRITER: Role = Role { connections: 1, cache_kib: 64 * 1_024, keeps_statistics: true };
/// Those that read at the same time.
const READERS: Role = Role { connections: 4, cache_kib: 16 * 1_024, keeps_statistics: false };
/// Bytes of a page of a new file; one that exists keeps its own. A key that comes in the middle of an index splits a page after as
/// many others as it holds, and after each split SQLite looks through its whole cache: with twice the 4,096 that SQLite would take
/// it does so half as often, through half as many.
const PAGE_BYTES: u32 = 8_192;
/// Bytes in the write-ahead log after which its pages are written back. A page that changes often meanwhile is written
/// back once; and every time costs two syncs, for which whoever saves waits.
const WAL_BYTES: u32 = 32 * 1_024 * 1_024;
/// Bytes of the write-ahead log's file that stay with it: a log that grows and shrinks again has more to sync.
const WAL_BYTES_KEPT: u32 = 2 * WAL_BYTES;
/// `PRAGMA synchronous` must be at least FULL: the write-ahead log is synced before a commit returns.
const SYNCHRONOUS_FULL: i64 = 2;

/// What connections of one kind may use.
#[derive(Clone, Copy)]
struct Role {
    connections: u32,
    /// Memory for pages, of each, in KiB.
    cache_kib: u32,
    /// Whether it brings the planner's statistics up to date when it is closed, which writes.
    keeps_statistics: bool,
}

/// A service's SQLite file.
#[derive(Clone, Debug)]
pub struct SqliteDb {
    schema: &'static str,
    file: PathBuf,
    writer: SqlitePool,
    readers: SqlitePool,
}

impl SqliteDb {
    pub(crate) async fn open(folder: &Path, schema: &Schema) -> Result<Self> {
        fs::create_dir_all(folder)
            .map_err(|error| Error::Config(format!("can't make the folder {}: {error}", folder.display())))?;
        let folder = folder
            .canonicalize()
            .map_err(|error| Error::Config(format!("can't read the folder {}: {error}", folder.display())))?;
        let file = folder.join(format!("{}.sqlite3", schema.name));
        let writer = pool(schema.name, &file, WRITER).await?;
        schema.migrator(DbKind::Sqlite).run(&mut *writer.acquire().await?).await?;
        let readers = pool(schema.name, &file, READERS).await?;
        Ok(Self { schema: schema.name, file, writer, readers })
    }

    pub(crate) async fn read(&self) -> Result<Conn> {
        Ok(Conn::Sqlite(SqliteConn::pooled(self.readers.acquire().await?)))
    }

    pub(crate) async fn read_snapshot(&self) -> Result<Conn> {
        Ok(Conn::Sqlite(SqliteConn::in_transaction(self.readers.begin().await?)))
    }

    pub(crate) async fn begin(&self) -> Result<Conn> {
        Ok(Conn::Sqlite(SqliteConn::in_transaction(self.writer.begin_with("BEGIN IMMEDIATE").await?)))
    }

    /// An attached file is silently in memory when its flags are wrong, so this looks at the file itself.
    pub(crate) async fn check_durable(&self) -> Result<()> {
        let mut conn = self.readers.acquire().await?;
        let files: Vec<(i64, String, String)> =
            sqlx::query_as("PRAGMA database_list").fetch_all(&mut *conn).await?;
        let attached =
            files.iter().find(|(_, name, _)| name == self.schema).map(|(_, _, file)| file.as_str());
        if attached.map(Path::new) != Some(self.file.as_path()) || !self.file.is_file() {
            return Err(Error::NotDurable(format!("the database file {} is not there", self.file.display())));
        }
        let wal = PathBuf::from(format!("{}-wal", self.file.display()));
        if !wal.is_file() {
            return Err(Error::NotDurable(format!("the write-ahead log {} is not there", wal.display())));
        }
        let journal: String = pragma(&mut conn, self.schema, "journal_mode").await?;
        let synchronous: i64 = pragma(&mut conn, self.schema, "synchronous").await?;
        if journal != "wal" || synchronous < SYNCHRONOUS_FULL {
            return Err(Error::NotDurable(format!(
                "SQLite runs with journal_mode={journal}, synchronous={synchronous}; answers need wal and 2 (FULL)"
            )));
        }
        Ok(())
    }

    pub(crate) async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

async fn pragma<T>(conn: &mut SqliteConnection, schema: &str, name: &str) -> Result<T>
where
    T: for<'r> sqlx::Decode<'r, Sqlite> + sqlx::Type<Sqlite> + Send + Unpin,
{
    Ok(sqlx::query_scalar(AssertSqlSafe(format!("PRAGMA {schema}.{name}"))).fetch_one(conn).await?)
}

async fn pool(schema: &'static str, file: &Path, role: Role) -> Result<SqlitePool> {
    let Role { connections, cache_kib, keeps_statistics } = role;
    let options = SqliteConnectOptions::from_str("sqlite::memory:")?
        .shared_cache(false)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(BUSY_SECONDS_MAX))
        .statement_cache_capacity(crate::rows::STATEMENTS_KEPT)
        .row_buffer_size(ROWS_AHEAD)
        .optimize_on_close(keeps_statistics, 400);
    let wal_pages = WAL_BYTES / PAGE_BYTES;
    let attach = format!(
        "ATTACH 'file:{}?mode=rwc&cache=private' AS {schema};
         PRAGMA {schema}.page_size = {PAGE_BYTES};
         PRAGMA {schema}.journal_mode = WAL;
         PRAGMA {schema}.synchronous = FULL;
         PRAGMA {schema}.journal_size_limit = {WAL_BYTES_KEPT};
         PRAGMA {schema}.wal_autocheckpoint = {wal_pages};
         PRAGMA {schema}.cache_size = -{cache_kib};
         PRAGMA temp_store = MEMORY;",
        uri_path(file)
    );
    let pool = SqlitePoolOptions::new()
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(Duration::from_secs(ACQUIRE_SECONDS_MAX))
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        // A full disk or an I/O error makes SQLite undo a transaction by itself; sqlx then counts it as open for ever,
        // and the connection begins no other.
        .before_acquire(|conn, _| Box::pin(std::future::ready(Ok(!conn.is_in_transaction()))))
        .after_connect(move |conn, _| {
            let attach = attach.clone();
            Box::pin(async move { sqlx::raw_sql(AssertSqlSafe(attach)).execute(conn).await.map(|_| ()) })
        })
        .connect_with(options)
        .await?;
    Ok(pool)
}

/// Percent-encodes what would end a path in a URI, and doubles the quote that would end the SQL string.
fn uri_path(file: &Path) -> String {
    let mut encoded = String::new();
    for character in file.to_string_lossy().chars() {
        match character {
            '%' | '?' | '#' => encoded.push_str(&format!("%{:02X}", u32::from(character))),
            '\'' => encoded.push_str("''"),
            _ => encoded.push(character),
        }
    }
    encoded
}

/// The right of one process to the SQLite files of a folder; let go when dropped, or when the process ends.
#[derive(Debug)]
pub struct FolderLock(#[expect(dead_code, reason = "held for its lock")] File);

impl FolderLock {
    /// Takes the folder's lock.
    ///
    /// # Errors
    /// When another process holds it, or the folder can't be written.
    pub fn take(folder: &Path) -> Result<Self> {
        let refuse =
            |error: std::io::Error| Error::Config(format!("can't lock {}: {error}", folder.display()));
        fs::create_dir_all(folder).map_err(refuse)?;
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(folder.join("exam-system.lock"))
            .map_err(refuse)?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => Err(Error::Config(format!(
                "another process uses the data in {}: stop it first, or set DATABASE_URL to another folder",
                folder.display()
            ))),
            Err(TryLockError::Error(error)) => Err(refuse(error)),
        }
    }
}
