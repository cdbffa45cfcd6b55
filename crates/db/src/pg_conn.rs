//! A connection to PostgreSQL on loan from the pool, and how it comes back.

use std::{
    ops::{Deref, DerefMut},
    time::Duration,
};

use sqlx::{PgConnection, Postgres, SqlSafeStr, pool::PoolConnection};
use tokio::runtime::Handle;

use crate::Result;

/// How long a connection may take to come back to the pool: what was left open is rolled back, and the pool asks whether
/// somebody is there. Over one that has fallen silent nobody answers, and it would keep its place in the pool for ever.
const BACK_MAX: Duration = Duration::from_secs(5);

const ON_LOAN: &str = "it is on loan until it is dropped";

/// A PostgreSQL connection, in a transaction or not.
#[derive(Debug)]
pub struct PgConn {
    conn: Option<PoolConnection<Postgres>>,
    /// Whether a transaction may be open.
    is_open: bool,
}

impl PgConn {
    pub(crate) fn pooled(conn: PoolConnection<Postgres>) -> Self {
        Self { conn: Some(conn), is_open: false }
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
        let (Some(mut conn), Ok(runtime)) = (self.conn.take(), Handle::try_current()) else { return };
        let is_open = self.is_open;
        runtime.spawn(async move {
            let back = async {
                if is_open {
                    sqlx::raw_sql("ROLLBACK").execute(&mut *conn).await?;
                }
                conn.return_to_pool().await;
                Ok::<(), sqlx::Error>(())
            };
            if !matches!(tokio::time::timeout(BACK_MAX, back).await, Ok(Ok(()))) {
                conn.close_on_drop();
            }
        });
    }
}
