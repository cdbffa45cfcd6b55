//! A connection to PostgreSQL on loan from the pool, and how it comes back.

use std::{
    ops::{Deref, DerefMut},
    time::Duration,
};

use sqlx::{PgConnection, Postgres, SqlSafeStr, pool::PoolConnection};
use tokio::{runtime::Handle, time::Instant};

use crate::Result;

/// Who had a connection for so long and left it may have waited for an answer that never comes. It is closed; to ask whether
/// somebody is there, as the pool does with what comes back, would be to wait as they did, and to hold its place.
const HELD_MAX: Duration = Duration::from_secs(5);
/// How long a transaction that was left may take to be rolled back.
const ROLLBACK_MAX: Duration = Duration::from_secs(5);

const ON_LOAN: &str = "it is on loan until it is dropped";

/// A PostgreSQL connection, in a transaction or not.
#[derive(Debug)]
pub struct PgConn {
    conn: Option<PoolConnection<Postgres>>,
    since: Instant,
    /// Whether a transaction may be open.
    is_open: bool,
}

impl PgConn {
    pub(crate) fn pooled(conn: PoolConnection<Postgres>) -> Self {
        Self { conn: Some(conn), since: Instant::now(), is_open: false }
    }

    /// Begins a transaction by `begin`.
    pub(crate) async fn begin(conn: PoolConnection<Postgres>, begin: impl SqlSafeStr) -> Result<Self> {
        // Whoever goes away meanwhile may have begun it.
        let mut own = Self::pooled(conn);
        own.is_open = true;
        sqlx::raw_sql(begin).execute(&mut *own).await?;
        Ok(own)
    }

    pub(crate) async fn commit(mut self) -> Result<()> {
        if self.is_open {
            sqlx::raw_sql("COMMIT").execute(&mut *self).await?;
            self.is_open = false;
        }
        Ok(())
    }
}

impl Deref for PgConn {
    type Target = PgConnection;
    #[expect(clippy::expect_used, reason = "only dropping takes it")]
    fn deref(&self) -> &PgConnection {
        self.conn.as_ref().expect(ON_LOAN)
    }
}

impl DerefMut for PgConn {
    #[expect(clippy::expect_used, reason = "only dropping takes it")]
    fn deref_mut(&mut self) -> &mut PgConnection {
        self.conn.as_mut().expect(ON_LOAN)
    }
}

impl Drop for PgConn {
    fn drop(&mut self) {
        let Some(mut conn) = self.conn.take() else { return };
        if self.since.elapsed() >= HELD_MAX {
            conn.close_on_drop();
        } else if self.is_open
            && let Ok(runtime) = Handle::try_current()
        {
            runtime.spawn(async move {
                let rolled_back = sqlx::raw_sql("ROLLBACK").execute(&mut *conn);
                if !matches!(tokio::time::timeout(ROLLBACK_MAX, rolled_back).await, Ok(Ok(_))) {
                    conn.close_on_drop();
                }
            });
        }
    }
}
