//! A connection to either database, and a transaction on it.

use std::ops::{Deref, DerefMut};

use sqlx::{PgConnection, Postgres, Sqlite, SqliteConnection, Transaction, pool::PoolConnection};

use crate::Result;

/// A connection that may read. See [`on!`](crate::on).
#[derive(Debug)]
pub enum Conn {
    /// To the service's SQLite file.
    Sqlite(SqliteConn),
    /// To PostgreSQL.
    Postgres(PgConn),
}

macro_rules! either {
    ($(#[$doc:meta])* $name:ident, $database:ty, $connection:ty) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name(Inner<$database>);

        impl $name {
            pub(crate) fn pooled(conn: PoolConnection<$database>) -> Self {
                Self(Inner::Pooled(conn))
            }
            pub(crate) fn in_transaction(tx: Transaction<'static, $database>) -> Self {
                Self(Inner::Transaction(tx))
            }
        }
        impl Deref for $name {
            type Target = $connection;
            fn deref(&self) -> &$connection {
                match &self.0 {
                    Inner::Pooled(conn) => conn,
                    Inner::Transaction(tx) => tx,
                }
            }
        }
        impl DerefMut for $name {
            fn deref_mut(&mut self) -> &mut $connection {
                match &mut self.0 {
                    Inner::Pooled(conn) => conn,
                    Inner::Transaction(tx) => tx,
                }
            }
        }
    };
}

#[derive(Debug)]
enum Inner<DB: sqlx::Database> {
    Pooled(PoolConnection<DB>),
    Transaction(Transaction<'static, DB>),
}

either!(
    /// A SQLite connection, in a transaction or not.
    SqliteConn, Sqlite, SqliteConnection
);
either!(
    /// A PostgreSQL connection, in a transaction or not.
    PgConn, Postgres, PgConnection
);

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
            Conn::Sqlite(SqliteConn(Inner::Transaction(tx))) => tx.commit().await?,
            Conn::Postgres(PgConn(Inner::Transaction(tx))) => tx.commit().await?,
            Conn::Sqlite(SqliteConn(Inner::Pooled(_))) | Conn::Postgres(PgConn(Inner::Pooled(_))) => {}
        }
        Ok(())
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
