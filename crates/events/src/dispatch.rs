//! Hands facts from an outbox to their consumers, in this process.

use std::{fmt, sync::Arc, time::Duration};

use db::{Db, Error};
use foundation::{Clock, Instant, Span};
use sqlx::{AssertSqlSafe, FromRow};
use tokio_util::sync::CancellationToken;

use crate::Event;

/// How often an outbox is looked at.
const LOOK: Duration = Duration::from_millis(250);
/// Facts handed on in one look.
const FACTS_MAX: i64 = 200;
/// Tries before a fact is set aside for a person to look at.
const TRIES_MAX: i64 = 12;
/// The longest wait between two tries.
const BACKOFF_SECONDS_MAX: i64 = 60;

/// Takes facts. Must be idempotent: see [`first_time`](crate::first_time).
#[async_trait::async_trait]
pub trait Consumer: Send + Sync + 'static {
    /// Its name in logs and inboxes.
    fn name(&self) -> &'static str;
    /// Whether it wants facts of this kind.
    fn wants(&self, kind: &str) -> bool;
    /// Takes one.
    ///
    /// # Errors
    /// When it couldn't; the fact comes again later.
    async fn take(&self, event: &Event) -> Result<(), foundation::Problem>;
}

/// Hands the facts of one outbox on.
pub struct Dispatcher {
    db: Db,
    schema: &'static str,
    clock: Arc<dyn Clock>,
    consumers: Arc<[Arc<dyn Consumer>]>,
}

#[derive(FromRow)]
struct Pending {
    #[sqlx(flatten)]
    event: Event,
    tries: i64,
}

impl Dispatcher {
    /// A dispatcher for the outbox of `schema`.
    pub fn new(
        db: Db,
        schema: &'static str,
        clock: Arc<dyn Clock>,
        consumers: Arc<[Arc<dyn Consumer>]>,
    ) -> Self {
        Self { db, schema, clock, consumers }
    }

    /// Hands facts on until `stop`.
    pub async fn run(self, stop: CancellationToken) {
        let mut look = tokio::time::interval(LOOK);
        look.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                _ = look.tick() => {}
            }
            if let Err(error) = self.dispatch_once().await {
                tracing::warn!(%error, schema = self.schema, "outbox can't be read");
            }
        }
    }

    /// Hands on what is due now; answers how many facts are done.
    ///
    /// # Errors
    /// When the outbox can't be read or written.
    pub async fn dispatch_once(&self) -> Result<usize, Error> {
        let now = self.clock.now();
        let sql = format!(
            "SELECT id, kind, payload, created_at, tries
             FROM {}.outbox
             WHERE published_at IS NULL AND failed_at IS NULL AND next_try_at <= $1
             ORDER BY id
             LIMIT $2",
            self.schema
        );
        let mut conn = self.db.read().await?;
        let pending: Vec<Pending> = db::on!(&mut conn, c => sqlx::query_as(AssertSqlSafe(sql))
            .bind(now)
            .bind(FACTS_MAX)
            .fetch_all(c)
            .await)?;
        drop(conn);

        let mut done = 0;
        for fact in pending {
            if self.hand_on(&fact.event).await {
                done += 1;
                self.mark(&fact.event, "published_at = $1", now).await?;
            } else if fact.tries + 1 >= TRIES_MAX {
                tracing::error!(event = %fact.event.id, kind = fact.event.kind, "fact set aside after too many tries");
                self.mark(&fact.event, "tries = tries + 1, failed_at = $1", now).await?;
            } else {
                let wait = (1_i64 << fact.tries.min(6)).min(BACKOFF_SECONDS_MAX);
                self.mark(&fact.event, "tries = tries + 1, next_try_at = $1", now + Span::from_seconds(wait))
                    .await?;
            }
        }
        Ok(done)
    }

    async fn hand_on(&self, event: &Event) -> bool {
        let mut taken_by_all = true;
        for consumer in self.consumers.iter().filter(|consumer| consumer.wants(&event.kind)) {
            if let Err(problem) = consumer.take(event).await {
                tracing::warn!(%problem, consumer = consumer.name(), event = %event.id, kind = event.kind, "fact not taken");
                taken_by_all = false;
            }
        }
        taken_by_all
    }

    async fn mark(&self, event: &Event, what: &'static str, when: Instant) -> Result<(), Error> {
        let sql = format!("UPDATE {}.outbox SET {what} WHERE id = $2", self.schema);
        let mut tx = self.db.begin().await?;
        db::on!(&mut *tx, c => sqlx::query(AssertSqlSafe(sql))
            .bind(when)
            .bind(event.id)
            .execute(c)
            .await
            .map(|_| ()))?;
        tx.commit().await
    }
}

impl fmt::Debug for Dispatcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Dispatcher({})", self.schema)
    }
}
