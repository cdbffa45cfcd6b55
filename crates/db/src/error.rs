//! What a database can say, sorted by what to tell a person.

use foundation::Problem;

/// The result of a store's function.
pub type Result<T> = std::result::Result<T, Error>;

/// Something that a database, or a row in it, refused.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database can't answer just now: locked, full, unreachable, out of connections.
    #[error("database unavailable: {0}")]
    Unavailable(#[source] sqlx::Error),
    /// A unique constraint: such a row is there already.
    #[error("already exists: {0}")]
    Exists(#[source] sqlx::Error),
    /// A row that can't be what it should be.
    #[error("corrupt row in {table}.{column}, id {id}: {why}")]
    Corrupt {
        /// Schema-qualified table.
        table: &'static str,
        /// Column.
        column: &'static str,
        /// The row's id.
        id: String,
        /// What is wrong.
        why: String,
    },
    /// The settings of the database would lose answers.
    #[error("{0}")]
    NotDurable(String),
    /// A migration failed.
    #[error("migration failed: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// The address, the folder or its lock.
    #[error("{0}")]
    Config(String),
    /// Anything else: a mistake of ours.
    #[error(transparent)]
    Other(sqlx::Error),
}

impl Error {
    /// A row whose `column` holds what can't be read.
    pub fn corrupt(table: &'static str, column: &'static str, id: impl ToString, why: impl ToString) -> Self {
        Self::Corrupt { table, column, id: id.to_string(), why: why.to_string() }
    }

    /// A database that doesn't answer any more.
    pub fn silent() -> Self {
        Self::Unavailable(sqlx::Error::Io(std::io::ErrorKind::TimedOut.into()))
    }

    /// What was asked of the database ended in a panic: a mistake of ours.
    pub fn panicked() -> Self {
        Self::Other(sqlx::Error::Protocol("what was asked panicked".to_owned()))
    }

    /// Whether a unique constraint refused the row.
    pub fn is_exists(&self) -> bool {
        matches!(self, Self::Exists(_))
    }

    /// Whether the same call may succeed later.
    pub fn is_unavailable(&self) -> bool {
        matches!(self, Self::Unavailable(_))
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(refusal) if refusal.is_unique_violation() => Self::Exists(error),
            sqlx::Error::Database(refusal) if is_passing(refusal.code().as_deref().unwrap_or("")) => {
                Self::Unavailable(error)
            }
            sqlx::Error::Protocol(what) if has_hung_up(what) => Self::Unavailable(error),
            sqlx::Error::Io(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::Tls(_)
            | sqlx::Error::WorkerCrashed => Self::Unavailable(error),
            _ => Self::Other(error),
        }
    }
}

/// What stands in front of PostgreSQL takes a connection and closes it at once when nobody behind it takes writes. sqlx then
/// reads the end of the stream as the answer to its question for TLS.
fn has_hung_up(what: &str) -> bool {
    what.contains("SSLRequest")
}

/// SQLite's extended result codes end in the primary one: busy 5, locked 6, read-only 8, I/O 10, full 13, can't
/// open 14 (<https://www.sqlite.org/rescode.html>). PostgreSQL: connection 08, resources 53, intervention 57,
/// rollback 40, lock not available 55P03, read-only 25006, idle for too long in a transaction 25P03 (appendix A of its
/// manual).
fn is_passing(code: &str) -> bool {
    if code.len() == 5 && code.parse::<u32>().map_or(true, |number| number >= 8_000) {
        let class = &code[..2];
        return matches!(class, "08" | "40" | "53" | "57") || matches!(code, "55P03" | "25006" | "25P03");
    }
    code.parse::<u32>().is_ok_and(|code| matches!(code & 0xff, 5 | 6 | 8 | 10 | 13 | 14))
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::Unavailable(_) => Self::unavailable(
                "storage.unavailable",
                "The database can't take this just now. Nothing was changed; try again in a moment.",
                2,
            )
            .log(error),
            _ => Self::internal(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_passing;

    #[test]
    fn a_full_disk_and_a_locked_database_pass_and_a_syntax_error_does_not() {
        for code in ["5", "13", "517", "778", "08006", "53100", "57P01", "40001", "55P03", "25P03"] {
            assert!(is_passing(code), "{code}");
        }
        for code in ["1", "19", "2067", "42601", "23505", ""] {
            assert!(!is_passing(code), "{code}");
        }
    }
}
