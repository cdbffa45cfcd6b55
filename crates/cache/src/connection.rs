//! One connection for everything that asks and is answered, with a breaker.

use std::{
    fmt,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use redis::{FromRedisValue, Pipeline, RedisResult, aio::MultiplexedConnection};
use telemetry::Dependency;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::{CacheError, CacheSettings};

/// The longest that a request waits for Redis.
pub const WAIT_MAX: Duration = Duration::from_millis(50);
/// The longest that a background job waits for it.
pub(crate) const JOB_WAIT_MAX: Duration = Duration::from_secs(1);
/// Waits in a row that were in vain, after which nobody waits any more.
const SLOW_MAX: u32 = 3;
/// How often Redis is asked whether it is there.
const LOOK: Duration = Duration::from_secs(1);
/// Waits between two tries to connect: doubled each time, up to the second.
const RETRY_FIRST: Duration = Duration::from_millis(250);
const RETRY_LAST: Duration = Duration::from_secs(5);

/// Redis, or its absence. Cheap to clone; all clones share one connection, which [`Cache::run`] keeps up.
#[derive(Clone)]
pub struct Cache(Arc<Inner>);

struct Inner {
    settings: CacheSettings,
    dependency: Dependency,
    connection: RwLock<Option<MultiplexedConnection>>,
    slow: AtomicU32,
    broken: Notify,
}

impl Cache {
    /// Not yet connected.
    pub fn new(settings: CacheSettings, dependency: Dependency) -> Self {
        Self(Arc::new(Inner {
            settings,
            dependency,
            connection: RwLock::default(),
            slow: AtomicU32::new(0),
            broken: Notify::new(),
        }))
    }

    /// Refuses a Redis that could drop our keys. One that is away is fine: we do without it.
    ///
    /// # Errors
    /// [`CacheError::Evicts`] says what to change.
    pub async fn check(&self) -> Result<(), CacheError> {
        match self.connect().await {
            Err(error @ CacheError::Evicts { .. }) => Err(error),
            Err(error) => {
                tracing::warn!(%error, "going on without Redis");
                Ok(())
            }
            Ok(_) => Ok(()),
        }
    }

    /// Connects, and again whenever the connection is lost, until `stop`.
    pub async fn run(self, stop: CancellationToken) {
        let mut patience = RETRY_FIRST;
        while !stop.is_cancelled() {
            match self.connect().await {
                Ok(connection) => {
                    patience = RETRY_FIRST;
                    self.0.slow.store(0, Ordering::Relaxed);
                    self.put(Some(connection));
                    self.watch(&stop).await;
                    self.put(None);
                }
                Err(error) => {
                    tracing::warn!(%error, "each process limits for itself; the database carries hints");
                }
            }
            tokio::select! {
                () = stop.cancelled() => {}
                () = tokio::time::sleep(patience) => {}
            }
            patience = (patience * 2).min(RETRY_LAST);
        }
    }

    /// Whether it is there.
    pub fn is_up(&self) -> bool {
        self.0.dependency.is_up()
    }

    pub(crate) fn settings(&self) -> &CacheSettings {
        &self.0.settings
    }

    /// Asks; none when Redis is away, refuses, or doesn't answer `within` this time.
    pub(crate) async fn ask<T: FromRedisValue>(&self, pipeline: &Pipeline, within: Duration) -> Option<T> {
        self.ask_with(within, async |mut connection| pipeline.query_async(&mut connection).await).await
    }

    pub(crate) async fn ask_with<T>(
        &self,
        within: Duration,
        question: impl AsyncFnOnce(MultiplexedConnection) -> RedisResult<T>,
    ) -> Option<T> {
        let connection = self.0.connection.read().unwrap_or_else(PoisonError::into_inner).clone()?;
        match tokio::time::timeout(within, question(connection)).await {
            Ok(Ok(answer)) => {
                self.0.slow.store(0, Ordering::Relaxed);
                Some(answer)
            }
            Ok(Err(error)) if error.is_connection_dropped() || error.is_io_error() || error.is_timeout() => {
                self.give_up();
                None
            }
            Ok(Err(error)) => {
                tracing::warn!(%error, "Redis refused");
                None
            }
            Err(_) => {
                if self.0.slow.fetch_add(1, Ordering::Relaxed) + 1 >= SLOW_MAX {
                    self.give_up();
                }
                None
            }
        }
    }

    /// Nobody waits any more, until [`Cache::run`] has found it again.
    fn give_up(&self) {
        self.put(None);
        self.0.broken.notify_one();
    }

    fn put(&self, connection: Option<MultiplexedConnection>) {
        let up = connection.is_some();
        *self.0.connection.write().unwrap_or_else(PoisonError::into_inner) = connection;
        self.0.dependency.set(up);
    }

    async fn watch(&self, stop: &CancellationToken) {
        let sign = sign_of_life();
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                () = self.0.broken.notified() => return,
                () = tokio::time::sleep(LOOK) => {}
            }
            if self.ask::<()>(&sign, JOB_WAIT_MAX).await.is_none() {
                return;
            }
        }
    }

    async fn connect(&self) -> Result<MultiplexedConnection, CacheError> {
        let connecting = async {
            let mut connection = self.0.settings.client.get_multiplexed_async_connection().await?;
            refuse_eviction(&mut connection).await?;
            sign_of_life().query_async::<()>(&mut connection).await?;
            Ok(connection)
        };
        tokio::time::timeout(JOB_WAIT_MAX, connecting).await.unwrap_or(Err(CacheError::Slow))
    }
}

/// What is asked to see whether Redis is there for us: one that answers and takes nothing in, because its memory is full or
/// because it follows another one, is as good as away.
fn sign_of_life() -> Pipeline {
    let mut sign = redis::pipe();
    sign.cmd("SET").arg("exam-system:sign-of-life").arg(1).arg("EX").arg(60).ignore();
    sign
}

/// Asks what Redis does when its memory is full; a hosted one that doesn't say by `CONFIG` may by `INFO`.
async fn refuse_eviction(connection: &mut MultiplexedConnection) -> Result<(), CacheError> {
    let asked: RedisResult<((String, String), (String, String))> = redis::pipe()
        .cmd("CONFIG")
        .arg("GET")
        .arg("maxmemory")
        .cmd("CONFIG")
        .arg("GET")
        .arg("maxmemory-policy")
        .query_async(connection)
        .await;
    let (maxmemory, policy) = match asked {
        Ok(((_, maxmemory), (_, policy))) => (maxmemory, policy),
        Err(error) if error.is_connection_dropped() || error.is_io_error() => return Err(error.into()),
        Err(_) => {
            let info: RedisResult<String> = redis::cmd("INFO").arg("memory").query_async(connection).await;
            let Ok(info) = info else {
                tracing::warn!(
                    "Redis doesn't say whether it may drop keys: make sure that maxmemory-policy is noeviction"
                );
                return Ok(());
            };
            let line = |name: &str| {
                info.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default().trim().to_owned()
            };
            (line("maxmemory:"), line("maxmemory_policy:"))
        }
    };
    let maxmemory = maxmemory.parse().unwrap_or(0);
    if maxmemory > 0 && policy != "noeviction" {
        return Err(CacheError::Evicts { maxmemory, policy });
    }
    Ok(())
}

impl fmt::Debug for Cache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cache({:?})", self.0.settings)
    }
}
