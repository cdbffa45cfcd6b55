//! A connection to either database, and a transaction on it.

use std::ops::{Deref, DerefMut};

use sqlx::{Sqlite, SqliteConnection, Transaction, pool::PoolConnection};

use crate::{PgConn, Result};

/// A connection that may read. See [`on!`](crate::on).
#[derive(Debug)]
pub enum Conn {
    /// To the service's SQLite file.
    Sqlite(SqliteConn),
    /// To PostgreSQL.
    Postgres(PgConn),
}

/// A SQLite connection, in a transaction or not.
#[derive(Debug)]
pub struct SqliteConn(Inner);

#[derive(Debug)]
enum Inner {
    Pooled(PoolConnection<Sqlite>),
    Transaction(Transaction<'static, Sqlite>),
}

impl SqliteConn {
    pub(crate) const fn pooled(conn: PoolConnection<Sqlite>) -> Self {
        Self(Inner::Pooled(conn))
    }

    pub(crate) const fn in_transaction(tx: Transaction<'static, Sqlite>) -> Self {
        Self(Inner::Transaction(tx))
    }

    async fn commit(self) -> Result<()> {
        match self.0 {
            Inner::Pooled(_) => Ok(()),
            Inner::Transaction(tx) => Ok(tx.commit().await?),
        }
    }
}

impl Deref for SqliteConn {
    type Target = SqliteConnection;
    fn deref(&self) -> &SqliteConnection {
        match &self.0 {
            Inner::Pooled(conn) => conn,
            Inner::Transaction(tx) => tx,
        }
    }
}

impl DerefMut for SqliteConn {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        match &mut self.0 {
            Inner::Pooled(conn) => conn,
            Inner::Transaction(tx) => tx,
        }
    }
}

/// A transaction that may write. Dropped without [`Tx::commit`] it is rolled back.
#[derive(Debug)]
pub struct Tx(pub(crate) Conn);

impl Tx {
    /// Makes everything written durable, or nothing: when this returns, the disk has said so.
    ///
    /// # Errors
    /// When the database can't; then nothing was written.
    pub async fn commit(self) -> Result<()> {
        match self.0 {
            Conn::Sqlite(conn) => conn.commit().await,
            Conn::Postgres(conn) => conn.commit().await,
        }
    }
}

impl Deref for Tx {
    type Target = Conn;
    fn deref(&self) -> &Conn {
        &self.0
    }
}
impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Conn {
        &mut self.0
    }
}
