//! Hands facts from an outbox to a bus.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use db::{Db, Error};
use foundation::{Clock, Instant, Span};
use sqlx::{AssertSqlSafe, FromRow};
use telemetry::names;
use tokio::sync::Mutex;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::{
    Bus, Carried, Event, Refusal, TRIES_MAX,
    forget::{Forgotten, forget},
    lease::Lease,
};

/// How often an outbox is looked at.
const LOOK: Duration = Duration::from_millis(250);
/// Looks in a row, five seconds, that let a crowd go first.
const GIVEN_WAY_MAX: u32 = 20;
/// Facts handed on in one look.
const FACTS_MAX: i64 = 200;
/// The longest wait between two tries.
const BACKOFF_SECONDS_MAX: i64 = 60;
/// How often what waits is counted, and how far.
const COUNT_EVERY: Duration = Duration::from_secs(5);
const COUNTED_MAX: i64 = 10_000;
/// How often what is old is forgotten.
const FORGET_EVERY: Duration = Duration::from_secs(60 * 60);

/// Whether so many people wait just now that what nobody waits for should let them go first.
pub type Crowd = Arc<dyn Fn() -> bool + Send + Sync>;

/// Hands the facts of one outbox on.
pub struct Dispatcher {
    db: Db,
    schema: &'static str,
    clock: Arc<dyn Clock>,
    bus: Arc<dyn Bus>,
    lease: Option<Mutex<Lease>>,
    crowd: Crowd,
    given_way: AtomicU32,
}

#[derive(FromRow)]
struct Pending {
    #[sqlx(flatten)]
    event: Event,
    tries: i64,
}

impl Dispatcher {
    /// A dispatcher for the outbox of `schema`, alone with it.
    pub fn new(db: Db, schema: &'static str, clock: Arc<dyn Clock>, bus: Arc<dyn Bus>) -> Self {
        Self { db, schema, clock, bus, lease: None, crowd: Arc::new(|| false), given_way: AtomicU32::new(0) }
    }

    /// Lets this crowd go first.
    #[must_use]
    pub fn behind(self, crowd: Crowd) -> Self {
        Self { crowd, ..self }
    }

    /// One of several processes with the same outbox: only the one that holds its lease hands facts on. `process` tells
    /// them apart.
    #[must_use]
    pub fn among_replicas(self, process: Uuid) -> Self {
        Self { lease: Some(Mutex::new(Lease::new(process))), ..self }
    }

    /// Hands facts on until `stop`.
    pub async fn run(self, stop: CancellationToken) {
        let mut look = tokio::time::interval(LOOK);
        look.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut count = tokio::time::interval(COUNT_EVERY);
        count.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut forget = tokio::time::interval(FORGET_EVERY);
        forget.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            let done = tokio::select! {
                () = stop.cancelled() => break,
                _ = look.tick() => self.look().await.map(|_| ()),
                _ = count.tick() => db::in_time(self.count()).await,
                _ = forget.tick() => db::in_time(self.forget()).await.map(|_| ()),
            };
            if let Err(error) = done {
                tracing::warn!(%error, schema = self.schema, "outbox can't be read or written");
            }
        }
        if let Some(lease) = &self.lease
            && let Err(error) = lease.lock().await.give_back(&self.db, self.schema).await
        {
            tracing::info!(%error, schema = self.schema, "the outbox's lease wasn't given back; it ends by itself");
        }
    }

    /// Hands on what is due now, unless a crowd goes first, for five seconds at most: then nothing gives way until nothing is
    /// left. Answers how many facts are done.
    ///
    /// # Errors
    /// When the outbox can't be read or written.
    pub async fn look(&self) -> Result<usize, Error> {
        if (self.crowd)() && self.given_way.fetch_add(1, Ordering::Relaxed) < GIVEN_WAY_MAX {
            return Ok(0);
        }
        let (due, done) = self.hand_on().await?;
        if due < FACTS_MAX as usize {
            self.given_way.store(0, Ordering::Relaxed);
        }
        Ok(done)
    }

    /// Hands on what is due now; answers how many facts are done.
    ///
    /// # Errors
    /// When the outbox can't be read or written.
    pub async fn dispatch_once(&self) -> Result<usize, Error> {
        self.hand_on().await.map(|(_, done)| done)
    }

    /// Hands on as much of what is due now as one look takes; answers how many facts were due, and how many are done.
    async fn hand_on(&self) -> Result<(usize, usize), Error> {
        let now = self.clock.now();
        if !db::in_time(self.is_my_turn(now)).await? {
            return Ok((0, 0));
        }
        let pending = db::in_time(self.due(now)).await?;
        if pending.is_empty() {
            return Ok((0, 0));
        }
        let due = pending.len();
        let (facts, tries): (Vec<Event>, Vec<i64>) =
            pending.into_iter().map(|fact| (fact.event, fact.tries)).unzip();
        // Whoever carries them has limits of its own.
        let carried = self.bus.carry(&facts).await;
        Ok((due, db::in_time(self.mark(&facts, &tries, &carried, now)).await?))
    }

    /// Forgets facts that were handed on long ago, and of what was taken still longer ago; of several processes one does.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn forget(&self) -> Result<Forgotten, Error> {
        let now = self.clock.now();
        match self.is_my_turn(now).await? {
            true => forget(&self.db, self.schema, now).await,
            false => Ok(Forgotten::default()),
        }
    }

    async fn is_my_turn(&self, now: Instant) -> Result<bool, Error> {
        match &self.lease {
            Some(lease) => lease.lock().await.hold(&self.db, self.schema, now).await,
            None => Ok(true),
        }
    }

    async fn due(&self, now: Instant) -> Result<Vec<Pending>, Error> {
        let sql = format!(
            "SELECT id, kind, payload, created_at, tries
             FROM {}.outbox
             WHERE published_at IS NULL AND failed_at IS NULL AND next_try_at <= $1
             ORDER BY created_at, id
             LIMIT $2",
            self.schema
        );
        let mut conn = self.db.read().await?;
        Ok(db::on!(&mut conn, c => sqlx::query_as(AssertSqlSafe(sql))
            .bind(now)
            .bind(FACTS_MAX)
            .fetch_all(c)
            .await)?)
    }

    /// Writes down what became of them, in one transaction: if it fails they come again, and are taken once.
    async fn mark(
        &self,
        facts: &[Event],
        tries: &[i64],
        carried: &[Carried],
        now: Instant,
    ) -> Result<usize, Error> {
        let safe: Vec<&Event> = facts
            .iter()
            .zip(carried)
            .filter_map(|(fact, carried)| (*carried == Carried::Safe).then_some(fact))
            .collect();
        let refused =
            facts.iter().zip(tries).zip(carried).filter_map(|((fact, tries), carried)| match carried {
                Carried::Refused(refusal) => Some((fact, *tries, refusal)),
                Carried::Safe | Carried::Away => None,
            });
        let mut tx = self.db.begin().await?;
        if !safe.is_empty() {
            let set = format!("UPDATE {}.outbox SET published_at =", self.schema);
            db::on!(
                &mut *tx,
                sqlite c => {
                    // Places with and without a number in one statement are counted apart.
                    let places = db::rows::nameless_places(1, safe.len());
                    let sql = format!("{set} ? WHERE id IN {places}");
                    let mut query = sqlx::query(AssertSqlSafe(sql)).bind(now);
                    for fact in &safe {
                        query = query.bind(fact.id);
                    }
                    query.execute(c).await?;
                },
                postgres c => {
                    let ids: Vec<Uuid> = safe.iter().map(|fact| fact.id.uuid()).collect();
                    let sql = format!("{set} $1 WHERE id = ANY($2)");
                    sqlx::query(AssertSqlSafe(sql)).bind(now).bind(ids).execute(c).await?;
                }
            );
        }
        for (fact, tries, refusal) in refused {
            self.put_off(&mut tx, fact, tries, refusal, now).await?;
        }
        tx.commit().await?;
        Ok(safe.len())
    }

    /// Comes again later, or is set aside.
    async fn put_off(
        &self,
        tx: &mut db::Tx,
        fact: &Event,
        tries: i64,
        refusal: &Refusal,
        now: Instant,
    ) -> Result<(), Error> {
        let dead = !refusal.passing && tries + 1 >= i64::from(TRIES_MAX);
        let wait = (1_i64 << tries.clamp(0, 6)).min(BACKOFF_SECONDS_MAX);
        let (failed_at, next_try_at) =
            if dead { (Some(now), now) } else { (None, now + Span::from_seconds(wait)) };
        if dead {
            tracing::error!(event = %fact.id, kind = fact.kind, why = refusal.why, "fact set aside after too many tries");
        }
        // Tries that don't count still make the wait longer, up to the last that would have counted.
        let tries = if refusal.passing { (tries + 1).min(i64::from(TRIES_MAX) - 2) } else { tries + 1 };
        let sql = format!(
            "UPDATE {}.outbox SET tries = $1, next_try_at = $2, failed_at = $3, failure = $4 WHERE id = $5",
            self.schema
        );
        db::on!(&mut **tx, c => sqlx::query(AssertSqlSafe(sql))
            .bind(tries)
            .bind(next_try_at)
            .bind(failed_at)
            .bind(&refusal.why)
            .bind(fact.id)
            .execute(c)
            .await
            .map(|_| ()))?;
        Ok(())
    }

    /// Counts what waits and what was set aside, for the metrics.
    ///
    /// # Errors
    /// When the outbox can't be read.
    pub async fn count(&self) -> Result<(), Error> {
        let waiting = format!(
            "SELECT COUNT(*), MIN(created_at)
             FROM (
                 SELECT created_at
                 FROM {}.outbox
                 WHERE published_at IS NULL AND failed_at IS NULL
                 ORDER BY created_at, id
                 LIMIT $1
             ) AS waiting",
            self.schema
        );
        let dead = format!(
            "SELECT COUNT(*) FROM (SELECT 1 FROM {}.outbox WHERE failed_at IS NOT NULL LIMIT $1) AS dead",
            self.schema
        );
        let mut conn = self.db.read().await?;
        let (pending, oldest): (i64, Option<Instant>) = db::on!(&mut conn, c =>
            sqlx::query_as(AssertSqlSafe(waiting)).bind(COUNTED_MAX).fetch_one(c).await)?;
        let dead: i64 = db::on!(&mut conn, c =>
            sqlx::query_scalar(AssertSqlSafe(dead)).bind(COUNTED_MAX).fetch_one(c).await)?;
        drop(conn);
        let age = oldest.map_or(0, |oldest| self.clock.now().since(oldest).as_micros().max(0));
        metrics::gauge!(names::OUTBOX_PENDING, "service" => self.schema).set(as_gauge(pending));
        metrics::gauge!(names::OUTBOX_OLDEST_SECONDS, "service" => self.schema).set(as_gauge(age) / 1e6);
        metrics::gauge!(names::FACTS_DEAD, "where" => self.schema).set(as_gauge(dead));
        Ok(())
    }
}

#[expect(clippy::cast_precision_loss, reason = "a gauge is a float, and these are small")]
fn as_gauge(count: i64) -> f64 {
    count as f64
}

impl fmt::Debug for Dispatcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Dispatcher({})", self.schema)
    }
}
