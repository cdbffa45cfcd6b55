//! A database of a test's own, gone with the test.

use std::{
    env,
    str::FromStr as _,
    sync::atomic::{AtomicU32, Ordering},
};

use db::{Db, DbConfig, Schema};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, postgres::PgConnectOptions};
use tempfile::TempDir;

/// A database of a test's own.
#[derive(Debug)]
pub struct TestDatabase {
    /// How to open it.
    pub config: DbConfig,
    #[expect(dead_code, reason = "held until the test ends")]
    folder: Option<TempDir>,
}

static NUMBER: AtomicU32 = AtomicU32::new(0);

impl TestDatabase {
    /// Files in a folder of their own.
    pub fn sqlite() -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        Self { config: DbConfig::Sqlite { folder: folder.path().to_owned() }, folder: Some(folder) }
    }

    /// A database in the server that `TEST_POSTGRES_URL` names (`make test` starts one); skips where there is none.
    pub async fn postgres() -> Option<Self> {
        let Ok(url) = env::var("TEST_POSTGRES_URL") else {
            crate::skip("no PostgreSQL: TEST_POSTGRES_URL is not set (`make test` sets it)");
            return None;
        };
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("test_{}_{number}", std::process::id());
        let options = PgConnectOptions::from_str(&url).expect("TEST_POSTGRES_URL is an address");
        let mut server = PgConnection::connect_with(&options).await.expect("the test server answers");
        // A process id comes round again: the database of an earlier run may still be there.
        for sql in [format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"), format!("CREATE DATABASE {name}")]
        {
            sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut server).await.expect("a new database");
        }
        let (address, _) = url.rsplit_once('/').expect("TEST_POSTGRES_URL ends in a database");
        Some(Self { config: DbConfig::postgres(format!("{address}/{name}")), folder: None })
    }

    /// Opens a service's schema in it.
    pub async fn open(&self, schema: &Schema) -> Db {
        Db::open(&self.config, schema).await.expect("the database opens")
    }
}
