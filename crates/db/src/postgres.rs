//! PostgreSQL: a schema per service.

use std::{
    str::FromStr as _,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use sqlx::{
    AssertSqlSafe, Connection as _, PgConnection, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions, PgSslMode},
};

use crate::{Conn, DbKind, Error, Listener, PgConn, PgSettings, Result, Schema, listener};

/// How long a service waits for another one's migrations before its own.
const MIGRATION_TURN_MAX: Duration = Duration::from_secs(600);

/// How long a read that may be stale waits for the replica before it goes where all others go.
const REPLICA_WAIT_MAX: Duration = Duration::from_millis(500);
/// How long a server may take to answer when it is left.
const CLOSE_MAX: Duration = Duration::from_secs(5);

/// A service's schema in a PostgreSQL database.
#[derive(Clone, Debug)]
pub struct PgDb {
    pool: PgPool,
    /// For reads in which staleness is harmless.
    replica: Option<PgPool>,
    /// Connections that were made by those who are [alone](Self::alone), all of them together.
    made_alone: Arc<AtomicU64>,
}

fn options(
    url: &str,
    name: &'static str,
    settings: &PgSettings,
    schema: &Schema,
) -> Result<PgConnectOptions> {
    let millis = |limit: Duration| limit.as_millis().to_string();
    let options = PgConnectOptions::from_str(url)
        .map_err(|_| Error::Config(format!("{name} is not a PostgreSQL address")))?
        .application_name(schema.name)
        .statement_cache_capacity(crate::rows::STATEMENTS_KEPT)
        .options([
            ("statement_timeout", millis(settings.statement_timeout)),
            ("lock_timeout", millis(settings.lock_timeout)),
            ("idle_in_transaction_session_timeout", millis(settings.idle_in_transaction_timeout)),
        ]);
    let is_near = matches!(options.get_host(), "localhost" | "127.0.0.1" | "::1")
        || options.get_socket().is_some()
        || options.get_host().starts_with('/');
    if !is_near && !matches!(options.get_ssl_mode(), PgSslMode::VerifyFull) {
        tracing::warn!(
            variable = name,
            "the database's identity isn't verified: add ?sslmode=verify-full&sslrootcert=FILE to its address"
        );
    }
    Ok(options)
}

impl PgDb {
    pub(crate) async fn open(url: &str, settings: &PgSettings, schema: &Schema) -> Result<Self> {
        let pools = |acquire_max| {
            PgPoolOptions::new().max_connections(settings.connections_max).acquire_timeout(acquire_max)
        };
        let pool =
            pools(settings.acquire_max).connect_with(options(url, "DATABASE_URL", settings, schema)?).await?;
        // A replica that is away must not keep a service from starting: it is connected when it is first needed.
        let replica = match &settings.read_url {
            Some(url) => {
                let options = options(url, "DATABASE_READ_URL", settings, schema)?;
                Some(pools(REPLICA_WAIT_MAX.min(settings.acquire_max)).connect_lazy_with(options))
            }
            None => None,
        };
        create_schema(&pool, schema.name).await?;
        migrate(&pool, schema).await?;
        Ok(Self { pool, replica, made_alone: Arc::default() })
    }

    pub(crate) fn alone(&self) -> Self {
        let made = Arc::clone(&self.made_alone);
        let pool = PgPoolOptions::new()
            .max_connections(1)
            .acquire_timeout(self.pool.options().get_acquire_timeout())
            .after_connect(move |_, _| {
                made.fetch_add(1, Ordering::Relaxed);
                Box::pin(async { Ok(()) })
            })
            .connect_lazy_with((*self.pool.connect_options()).clone());
        Self { pool, replica: None, made_alone: Arc::clone(&self.made_alone) }
    }

    pub(crate) fn made_alone(&self) -> u64 {
        self.made_alone.load(Ordering::Relaxed)
    }

    pub(crate) async fn read_stale(&self) -> Result<Conn> {
        if let Some(replica) = &self.replica {
            match replica.acquire().await {
                Ok(conn) => return Ok(Conn::Postgres(PgConn::pooled(conn))),
                Err(error) => {
                    tracing::warn!(%error, "the replica doesn't answer; reading where all others read");
                }
            }
        }
        self.read().await
    }

    /// A standby that isn't waited for loses what was acknowledged last when it takes over.
    pub(crate) async fn standby_warning(&self) -> Result<Option<String>> {
        // A role without pg_monitor sees that there are standbys, and neither their names nor what they are.
        let standbys: Vec<(Option<String>, Option<String>)> =
            sqlx::query_as("SELECT application_name, sync_state FROM pg_stat_replication")
                .fetch_all(&self.pool)
                .await?;
        let (waited_for, commit): (String, String) = sqlx::query_as(
            "SELECT current_setting('synchronous_standby_names'), current_setting('synchronous_commit')",
        )
        .fetch_one(&self.pool)
        .await?;
        let states: Vec<_> = standbys.iter().filter_map(|(_, state)| state.as_deref()).collect();
        let is_sync = |state: &&str| matches!(*state, "sync" | "quorum");
        let is_waited_for = match states.is_empty() {
            true => !waited_for.is_empty(),
            false => states.iter().any(is_sync),
        };
        if standbys.is_empty() || (is_waited_for && commit != "local") {
            return Ok(None);
        }
        let names: Vec<_> = standbys.iter().filter_map(|(name, _)| name.as_deref()).collect();
        let to = if names.is_empty() { "a standby".to_owned() } else { names.join(", ") };
        let remedy = match is_waited_for {
            true => "set synchronous_commit to on",
            false => "set synchronous_standby_names",
        };
        Ok(Some(format!(
            "PostgreSQL replicates to {to} asynchronously: a failover would lose the answers acknowledged last; {remedy}"
        )))
    }

    pub(crate) async fn read(&self) -> Result<Conn> {
        Ok(Conn::Postgres(PgConn::pooled(self.pool.acquire().await?)))
    }

    pub(crate) async fn read_snapshot(&self) -> Result<Conn> {
        let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY";
        Ok(Conn::Postgres(PgConn::begin(self.pool.acquire().await?, begin).await?))
    }

    pub(crate) async fn begin(&self) -> Result<Conn> {
        Ok(Conn::Postgres(PgConn::begin(self.pool.acquire().await?, "BEGIN").await?))
    }

    pub(crate) async fn notify(&self, channel: &str, texts: &[String]) -> Result<()> {
        listener::notify(&mut PgConn::pooled(self.pool.acquire().await?), channel, texts).await
    }

    pub(crate) async fn listen(&self, channel: &str) -> Result<Listener> {
        Listener::open(&self.alone().pool, channel).await
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

    /// Takes leave of the server; of one that is silent without an answer.
    pub(crate) async fn close(&self) {
        let leave = async {
            if let Some(replica) = &self.replica {
                replica.close().await;
            }
            self.pool.close().await;
        };
        if tokio::time::timeout(CLOSE_MAX, leave).await.is_err() {
            tracing::info!("PostgreSQL didn't answer when it was left");
        }
    }
}

/// Brings the schema up to date, over a connection of its own: one statement of it may take longer than any request, and all
/// services of a database take turns.
async fn migrate(pool: &PgPool, schema: &Schema) -> Result<()> {
    let turn_max = MIGRATION_TURN_MAX.as_millis().to_string();
    let options = (*pool.connect_options()).clone();
    let options = options.options([("statement_timeout", "0"), ("lock_timeout", turn_max.as_str())]);
    let mut conn = PgConnection::connect_with(&options).await?;
    // What is made belongs to whoever owns the schema, whoever makes it: a service's role can't use another's tables.
    let owner: Option<String> = sqlx::query_scalar(
        "SELECT quote_ident(r.rolname)
         FROM pg_namespace n JOIN pg_roles r ON r.oid = n.nspowner
         WHERE n.nspname = $1
           AND r.rolname <> current_user
           -- From version 16 on a member may be one that can't act as the role.
           AND CASE WHEN current_setting('server_version_num')::int >= 160000
                    THEN pg_has_role(r.oid, 'SET') ELSE pg_has_role(r.oid, 'MEMBER') END",
    )
    .bind(schema.name)
    .fetch_optional(&mut conn)
    .await?;
    if let Some(owner) = owner {
        sqlx::raw_sql(AssertSqlSafe(format!("SET ROLE {owner}"))).execute(&mut conn).await?;
    }
    let mut migrator = schema.migrator(DbKind::Postgres);
    migrator.set_locking(true);
    migrator.run(&mut conn).await?;
    conn.close().await?;
    Ok(())
}

/// Makes the schema unless it is there. A service's own role may not make any: it is given its schema.
async fn create_schema(pool: &PgPool, name: &str) -> Result<()> {
    // `CREATE SCHEMA IF NOT EXISTS` of two processes at once can collide: look once more after a collision.
    for is_last in [false, true] {
        let found: Option<String> =
            sqlx::query_scalar("SELECT to_regnamespace($1)::text").bind(name).fetch_one(pool).await?;
        if found.is_some() {
            return Ok(());
        }
        let create = AssertSqlSafe(format!("CREATE SCHEMA IF NOT EXISTS {name}"));
        match sqlx::raw_sql(create).execute(pool).await {
            Err(error) if is_last => return Err(error.into()),
            _ => {}
        }
    }
    Ok(())
}
