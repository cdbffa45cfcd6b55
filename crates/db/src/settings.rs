//! Limits on what a service asks of PostgreSQL. Each has a name and a unit, and an operator may set it.

use std::time::Duration;

/// How a service uses PostgreSQL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PgSettings {
    /// Connections of one service in one process (`DATABASE_CONNECTIONS_MAX`); exam-service has two more: its
    /// writer's own, and one that hears its replicas.
    /// Replicas times services times this must stay below the server's `max_connections`.
    pub connections_max: u32,
    /// How long a caller waits for a connection before it is told to come back (`DATABASE_ACQUIRE_SECONDS_MAX`).
    pub acquire_max: Duration,
    /// The longest a statement may run (`DATABASE_STATEMENT_TIMEOUT_MS`).
    pub statement_timeout: Duration,
    /// The longest a statement may wait for a lock (`DATABASE_LOCK_TIMEOUT_MS`).
    pub lock_timeout: Duration,
    /// The longest a transaction may do nothing: a process that hangs in one must not hold its locks
    /// (`DATABASE_IDLE_IN_TRANSACTION_TIMEOUT_MS`).
    pub idle_in_transaction_timeout: Duration,
    /// A replica for reads in which staleness is harmless (`DATABASE_READ_URL`); none: they go where all others go.
    pub read_url: Option<String>,
}

impl Default for PgSettings {
    fn default() -> Self {
        Self {
            connections_max: 8,
            acquire_max: Duration::from_secs(3),
            statement_timeout: Duration::from_secs(30),
            lock_timeout: Duration::from_secs(5),
            idle_in_transaction_timeout: Duration::from_secs(15),
            read_url: None,
        }
    }
}
