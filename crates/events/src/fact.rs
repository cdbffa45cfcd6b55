//! Facts: written with the change they tell of, taken once by each consumer.

use std::collections::HashSet;

use db::{
    Tx,
    rows::{ROWS_MAX, fill, nameless_places, padded},
};
use foundation::{Clock, Id, IdKind, Instant, Problem, Random};
use serde::{Serialize, de::DeserializeOwned};
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;

/// Names an event.
pub enum EventKind {}
impl IdKind for EventKind {
    const NAME: &'static str = "event";
}
/// An event's id: what makes a consumer take it once.
pub type EventId = Id<EventKind>;

/// A fact, as a consumer gets it.
#[derive(Clone, Debug, FromRow)]
pub struct Event {
    /// The same for every delivery of the same fact.
    pub id: EventId,
    /// `exam.attempt_submitted`.
    pub kind: String,
    /// JSON text; its shape belongs to the kind and stands in the publisher's `api` crate.
    pub payload: String,
    /// When it became a fact.
    pub created_at: Instant,
}

impl Event {
    /// Reads the payload.
    ///
    /// # Errors
    /// 500 when it isn't of the shape that the consumer knows: the fact stays where it is until one of the two is right.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        serde_json::from_str(&self.payload)
            .map_err(|error| Problem::internal(format!("payload of {} {}: {error}", self.kind, self.id)))
    }
}

/// Puts a fact into the outbox of `schema`, in the transaction that makes it one.
///
/// # Errors
/// When the database refuses; then the change must not be committed.
pub async fn record(
    tx: &mut Tx,
    schema: &'static str,
    clock: &dyn Clock,
    random: &dyn Random,
    kind: &'static str,
    payload: &impl Serialize,
) -> db::Result<()> {
    record_all(tx, schema, clock, random, &[(kind, self::payload(kind, payload)?)]).await
}

/// The payload of a fact, as [`record_all`] takes it.
///
/// # Errors
/// When it can't be written as JSON.
pub fn payload(kind: &'static str, payload: &impl Serialize) -> db::Result<String> {
    serde_json::to_string(payload)
        .map_err(|error| db::Error::Config(format!("event {kind} can't be written: {error}")))
}

/// Puts many facts into the outbox of `schema`, each a kind and a [`payload`], in as few statements as can be.
///
/// # Errors
/// As for [`record`].
pub async fn record_all(
    tx: &mut Tx,
    schema: &'static str,
    clock: &dyn Clock,
    random: &dyn Random,
    facts: &[(&'static str, String)],
) -> db::Result<()> {
    if facts.is_empty() {
        return Ok(());
    }
    let now = clock.now();
    let ids: Vec<EventId> = facts.iter().map(|_| EventId::new(clock, random)).collect();
    db::on!(
        &mut **tx,
        sqlite c => {
            let rows: Vec<(EventId, &(&'static str, String))> = ids.into_iter().zip(facts).collect();
            for rows in rows.chunks(ROWS_MAX) {
                // Where a row stands twice, to fill a statement up, the second one isn't taken.
                let places = nameless_places(padded(rows.len()), 4);
                let sql = format!(
                    "INSERT OR FAIL INTO {schema}.outbox (id, kind, payload, created_at)
                     VALUES {places}
                     ON CONFLICT DO NOTHING"
                );
                let mut query = sqlx::query(AssertSqlSafe(sql));
                for (id, (kind, payload)) in fill(rows) {
                    query = query.bind(*id).bind(*kind).bind(payload.as_str()).bind(now);
                }
                query.execute(&mut *c).await?;
            }
        },
        postgres c => {
            let sql = format!(
                "INSERT INTO {schema}.outbox (id, kind, payload, created_at)
                 SELECT new.*, $4 FROM UNNEST($1::uuid[], $2::text[], $3::text[]) AS new"
            );
            sqlx::query(AssertSqlSafe(sql))
                .bind(ids.iter().map(|id| id.uuid()).collect::<Vec<Uuid>>())
                .bind(facts.iter().map(|(kind, _)| *kind).collect::<Vec<&str>>())
                .bind(facts.iter().map(|(_, payload)| payload.as_str()).collect::<Vec<&str>>())
                .bind(now)
                .execute(c)
                .await?;
        }
    );
    Ok(())
}

/// Those of `events` that `consumer` sees for the first time, in their order; remembers them in the consumer's own
/// transaction.
///
/// # Errors
/// When the database refuses.
pub async fn first_times<'e>(
    tx: &mut Tx,
    schema: &'static str,
    consumer: &'static str,
    events: &[&'e Event],
    now: Instant,
) -> db::Result<Vec<&'e Event>> {
    let mut new: HashSet<EventId> = HashSet::with_capacity(events.len());
    db::on!(
        &mut **tx,
        sqlite c => {
            for events in events.chunks(ROWS_MAX) {
                // Where a row stands twice, to fill a statement up, the second one isn't taken.
                let places = nameless_places(padded(events.len()), 3);
                let sql = format!(
                    "INSERT OR FAIL INTO {schema}.inbox (event_id, consumer, taken_at)
                     VALUES {places}
                     ON CONFLICT DO NOTHING
                     RETURNING event_id"
                );
                let mut query = sqlx::query_scalar::<_, EventId>(AssertSqlSafe(sql));
                for event in fill(events) {
                    query = query.bind(event.id).bind(consumer).bind(now);
                }
                new.extend(query.fetch_all(&mut *c).await?);
            }
        },
        postgres c => {
            let sql = format!(
                "INSERT INTO {schema}.inbox (event_id, consumer, taken_at)
                 SELECT id, $2, $3 FROM UNNEST($1::uuid[]) AS id
                 ON CONFLICT DO NOTHING
                 RETURNING event_id"
            );
            let ids: Vec<Uuid> = events.iter().map(|event| event.id.uuid()).collect();
            let query = sqlx::query_scalar::<_, EventId>(AssertSqlSafe(sql)).bind(ids).bind(consumer).bind(now);
            new.extend(query.fetch_all(c).await?);
        }
    );
    Ok(events.iter().copied().filter(|event| new.remove(&event.id)).collect())
}

/// What the events of one kind say, in their order, each with when it became a fact.
///
/// # Errors
/// As for [`Event::read`].
pub fn read_all<T: DeserializeOwned>(events: &[&Event], kind: &str) -> Result<Vec<(T, Instant)>, Problem> {
    let of_kind = events.iter().filter(|event| event.kind == kind);
    of_kind.map(|event| Ok((event.read()?, event.created_at))).collect()
}
