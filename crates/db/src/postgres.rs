//! PostgreSQL: a schema per service.

use std::{str::FromStr as _, time::Duration};

use sqlx::{
    AssertSqlSafe, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use crate::{Conn, DbKind, Error, PgConn, Result, Schema};

/// Connections of one service in one process.
const CONNECTIONS_MAX: u32 = 8;
/// How long a caller waits for a connection before it is told to come back.
const ACQUIRE_SECONDS_MAX: u64 = 3;
/// The longest a statement may run.
const STATEMENT_TIMEOUT_MILLIS: &str = "30000";
/// The longest a statement may wait for a lock.
const LOCK_TIMEOUT_MILLIS: &str = "5000";

/// A service's schema in a PostgreSQL database.
#[derive(Clone, Debug)]
pub struct PgDb {
    pool: PgPool,
}

impl PgDb {
    pub(crate) async fn open(url: &str, schema: &Schema) -> Result<Self> {
        let options = PgConnectOptions::from_str(url)
            .map_err(|_| Error::Config("DATABASE_URL is not a PostgreSQL address".to_owned()))?
            .application_name(schema.name)
            .options([
                ("statement_timeout", STATEMENT_TIMEOUT_MILLIS),
                ("lock_timeout", LOCK_TIMEOUT_MILLIS),
            ]);
        let pool = PgPoolOptions::new()
            .max_connections(CONNECTIONS_MAX)
            .acquire_timeout(Duration::from_secs(ACQUIRE_SECONDS_MAX))
            .connect_with(options)
            .await?;
        let mut migrator = schema.migrator(DbKind::Postgres);
        // `CREATE SCHEMA IF NOT EXISTS` of two processes at once can collide: try once more after a collision.
        let create = AssertSqlSafe(format!("CREATE SCHEMA IF NOT EXISTS {}", schema.name));
        if sqlx::raw_sql(create).execute(&pool).await.is_err() {
            let create = AssertSqlSafe(format!("CREATE SCHEMA IF NOT EXISTS {}", schema.name));
            sqlx::raw_sql(create).execute(&pool).await?;
        }
        migrator.set_locking(true);
        migrator.run(&mut *pool.acquire().await?).await?;
        Ok(Self { pool })
    }

    pub(crate) async fn read(&self) -> Result<Conn> {
        Ok(Conn::Postgres(PgConn::pooled(self.pool.acquire().await?)))
    }

    pub(crate) async fn begin(&self) -> Result<Conn> {
        Ok(Conn::Postgres(PgConn::in_transaction(self.pool.begin().await?)))
    }

    pub(crate) async fn check_durable(&self) -> Result<()> {
        let (fsync, commit): (String, String) =
            sqlx::query_as("SELECT current_setting('fsync'), current_setting('synchronous_commit')")
                .fetch_one(&self.pool)
                .await?;
        if fsync != "on" || commit == "off" {
            return Err(Error::NotDurable(format!(
                "PostgreSQL runs with fsync={fsync}, synchronous_commit={commit}; answers need fsync=on and synchronous_commit=on"
            )));
        }
        Ok(())
    }

    pub(crate) async fn close(&self) {
        self.pool.close().await;
    }
}
