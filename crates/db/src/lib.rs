//! One SQL text on SQLite and PostgreSQL: pools, migrations, transactions and the dispatch between them.
//!
//! A service has one [`Db`] and one schema; the names in its SQL are schema-qualified (`exam.attempts`). On
//! PostgreSQL that is a schema; on SQLite a file of its own, attached under the schema's name, so that services
//! never queue for one another's writer. Stores write `db::on!(conn, c => sqlx::query("…").execute(c).await)`.

mod conn;
mod error;
mod listener;
mod lookups;
mod open;
mod patience;
mod pg_conn;
mod postgres;
mod roles;
pub mod rows;
mod schema;
mod settings;
mod sqlite;

pub use conn::{Conn, SqliteConn, Tx};
pub use error::{Error, Result};
pub use listener::{Listener, NOTIFIED_BYTES_MAX};
pub use lookups::Lookups;
pub use open::{Db, DbConfig, DbKind};
pub use patience::{in_time, within};
pub use pg_conn::PgConn;
pub use roles::{DbRole, create_role};
pub use schema::{MigrationText, Schema};
pub use settings::PgSettings;
pub use sqlite::FolderLock;

/// Runs one piece of code on whichever database `$conn` is connected to; `$c` is sqlx's connection.
///
/// The body is compiled twice, so it must read the same for both: `$1` parameters and the common dialect.
#[macro_export]
macro_rules! on {
    ($conn:expr, $c:ident => $body:expr) => {
        match $conn {
            $crate::Conn::Sqlite(conn) => {
                let $c = &mut **conn;
                $body
            }
            $crate::Conn::Postgres(conn) => {
                let $c = &mut **conn;
                $body
            }
        }
    };
    ($conn:expr, sqlite $s:ident => $sqlite:expr, postgres $p:ident => $postgres:expr) => {
        match $conn {
            $crate::Conn::Sqlite(conn) => {
                let $s = &mut **conn;
                $sqlite
            }
            $crate::Conn::Postgres(conn) => {
                let $p = &mut **conn;
                $postgres
            }
        }
    };
}
