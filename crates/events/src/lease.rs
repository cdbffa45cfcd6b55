//! The right of one process to hand on the facts of an outbox, so that replicas don't do it at the same time.
//!
//! Two that do, because one of them stood still for longer than its lease, do no harm: facts come twice and are taken
//! once.

use db::{Db, Error};
use foundation::{Instant, Span};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

/// How long a lease lasts unless renewed.
const LEASE: Span = Span::from_seconds(10);
/// It is renewed when less than this is left.
const RENEW: Span = Span::from_seconds(5);
/// A lease that ends later than it can was written by a clock that was wrong, and holds nobody up.
const CLOCKS_APART_MAX: Span = Span::from_seconds(1);
/// How often a process that hasn't got it looks whether it is free.
const LOOK: Span = Span::from_seconds(1);

/// One process's view of an outbox's lease.
#[derive(Debug)]
pub(crate) struct Lease {
    holder: Uuid,
    held_until: Option<Instant>,
    look_at: Instant,
}

impl Lease {
    pub(crate) fn new(holder: Uuid) -> Self {
        Self { holder, held_until: None, look_at: Instant::from_micros(0) }
    }

    /// Whether the outbox of `schema` is ours to hand on, taking or renewing the lease when need be.
    pub(crate) async fn hold(&mut self, db: &Db, schema: &str, now: Instant) -> Result<bool, Error> {
        if self.held_until.is_some_and(|until| until > now + RENEW && until <= now + LEASE) {
            return Ok(true);
        }
        if self.held_until.is_none() && now < self.look_at {
            return Ok(false);
        }
        self.look_at = now + LOOK;
        if self.held_until.is_none() && !self.is_free(db, schema, now).await? {
            return Ok(false);
        }
        let until = now + LEASE;
        let held = self.take(db, schema, now, until).await?;
        self.held_until = held.then_some(until);
        Ok(held)
    }

    /// Gives it back, so that another replica needn't wait for its end.
    pub(crate) async fn give_back(&mut self, db: &Db, schema: &str) -> Result<(), Error> {
        if self.held_until.take().is_none() {
            return Ok(());
        }
        let sql = format!("UPDATE {schema}.outbox_lease SET held_until = 0 WHERE id = 1 AND holder = $1");
        let mut tx = db.begin().await?;
        db::on!(&mut *tx, c => sqlx::query(AssertSqlSafe(sql)).bind(self.holder).execute(c).await.map(|_| ()))?;
        tx.commit().await
    }

    async fn is_free(&self, db: &Db, schema: &str, now: Instant) -> Result<bool, Error> {
        let sql = format!(
            "SELECT COUNT(*)
             FROM {schema}.outbox_lease
             WHERE id = 1 AND holder <> $1 AND held_until > $2 AND held_until <= $3"
        );
        let mut conn = db.read().await?;
        let others: i64 = db::on!(&mut conn, c => sqlx::query_scalar(AssertSqlSafe(sql))
            .bind(self.holder)
            .bind(now)
            .bind(now + LEASE + CLOCKS_APART_MAX)
            .fetch_one(c)
            .await)?;
        Ok(others == 0)
    }

    async fn take(&self, db: &Db, schema: &str, now: Instant, until: Instant) -> Result<bool, Error> {
        let sql = format!(
            "INSERT INTO {schema}.outbox_lease (id, holder, held_until)
             VALUES (1, $1, $2)
             ON CONFLICT (id) DO UPDATE SET holder = excluded.holder, held_until = excluded.held_until
             WHERE outbox_lease.holder = excluded.holder OR outbox_lease.held_until <= $3
                OR outbox_lease.held_until > $4"
        );
        let mut tx = db.begin().await?;
        let rows = db::on!(&mut *tx, c => sqlx::query(AssertSqlSafe(sql))
            .bind(self.holder)
            .bind(until)
            .bind(now)
            .bind(now + LEASE + CLOCKS_APART_MAX)
            .execute(c)
            .await
            .map(|done| done.rows_affected()))?;
        tx.commit().await?;
        Ok(rows == 1)
    }
}
