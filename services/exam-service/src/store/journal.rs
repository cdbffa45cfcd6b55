//! `exam.journal`: appended to; of an entry only its payload may be erased, and its admission written.

use std::collections::{HashMap, HashSet};

use authz::AttemptId;
use db::{
    Conn, Error, Result, Tx,
    rows::{ROWS_MAX, Texts},
};
use foundation::Instant;
use question_model::QuestionVersionId;
use receipts::{Bytes, Hash, Nonce};
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;

use crate::domain::{admission::EntryStatus, entry::Held, one_way::Place};

/// Columns that an entry is appended with.
const APPENDED_COLUMNS: usize = 13;
/// Entries that one statement admits.
const ADMITTED_A_STATEMENT: usize = 1_000;

/// An entry on its way into the journal.
#[derive(Clone, Debug)]
pub struct NewEntry {
    /// The attempt.
    pub attempt: AttemptId,
    /// The lease that wrote.
    pub lease_no: i64,
    /// Its place in the lease.
    pub seq: i64,
    /// The attempt's partition day.
    pub partition_day: i64,
    /// `response`, or the name of a server's act.
    pub kind: &'static str,
    /// The question answered.
    pub question: Option<QuestionVersionId>,
    /// How it is taken.
    pub status: EntryStatus,
    /// When its handler began.
    pub taken_at: Instant,
    /// The response's exact bytes.
    pub payload: Option<Vec<u8>>,
    /// Its hash.
    pub entry_hash: Hash,
    /// What makes its leaf unguessable.
    pub nonce: Nonce,
}

/// What names an entry.
pub type EntryKey = (AttemptId, i64, i64);

impl NewEntry {
    /// What names it.
    pub const fn key(&self) -> EntryKey {
        (self.attempt, self.lease_no, self.seq)
    }
}

/// Appends `entries` to batch `batch_no` of `chain`; answers the keys of those that were new.
pub async fn append(
    tx: &mut Tx,
    chain: Uuid,
    batch_no: i64,
    entries: &[&NewEntry],
) -> Result<HashSet<EntryKey>> {
    let keys: HashSet<EntryKey> = entries.iter().map(|entry| entry.key()).collect();
    if keys.is_empty() {
        return Ok(keys);
    }
    let new = db::on!(
        &mut **tx,
        sqlite c => append_sqlite(c, chain, batch_no, entries).await,
        postgres c => append_postgres(c, chain, batch_no, entries).await
    )?;
    // To have every row said again costs as much as a third of writing it, and nearly always all of them are new.
    if new == keys.len() as u64 { Ok(keys) } else { of_batch(tx, chain, batch_no, keys).await }
}

/// Those of `keys` that stand in batch `batch_no` of `chain`.
async fn of_batch(
    conn: &mut Conn,
    chain: Uuid,
    batch_no: i64,
    mut keys: HashSet<EntryKey>,
) -> Result<HashSet<EntryKey>> {
    let attempts: HashSet<AttemptId> = keys.iter().map(|(attempt, ..)| *attempt).collect();
    let mut new = HashSet::new();
    for attempt in attempts {
        let places: Vec<(i64, i64)> = db::on!(&mut *conn, c => sqlx::query_as(
            "SELECT lease_no, seq FROM exam.journal WHERE attempt_id = $1 AND chain_id = $2 AND batch_no = $3",
        )
        .bind(attempt)
        .bind(chain)
        .bind(batch_no)
        .fetch_all(c)
        .await)?;
        new.extend(places.into_iter().filter_map(|(lease_no, seq)| keys.take(&(attempt, lease_no, seq))));
    }
    Ok(new)
}

async fn append_sqlite(
    conn: &mut sqlx::SqliteConnection,
    chain: Uuid,
    batch_no: i64,
    entries: &[&NewEntry],
) -> Result<u64> {
    // An entry that stands twice, to fill the statement up, is in conflict with itself the second time.
    static TEXTS: Texts = Texts::new(|rows| {
        format!(
            "INSERT OR FAIL INTO exam.journal (attempt_id, lease_no, seq, partition_day, kind, question_id, status,
                 taken_at, payload, entry_hash, nonce, chain_id, batch_no)
             VALUES {}
             ON CONFLICT DO NOTHING",
            db::rows::nameless_places(rows, APPENDED_COLUMNS)
        )
    });
    let mut new = 0;
    for entries in entries.chunks(ROWS_MAX) {
        let mut query = sqlx::query(AssertSqlSafe(TEXTS.of(entries.len())));
        for entry in db::rows::fill(entries) {
            query = query
                .bind(entry.attempt)
                .bind(entry.lease_no)
                .bind(entry.seq)
                .bind(entry.partition_day)
                .bind(entry.kind)
                .bind(entry.question)
                .bind(entry.status.as_str())
                .bind(entry.taken_at)
                .bind(entry.payload.as_deref())
                .bind(&entry.entry_hash.0[..])
                .bind(&entry.nonce.0[..])
                .bind(chain)
                .bind(batch_no);
        }
        new += query.execute(&mut *conn).await?.rows_affected();
    }
    Ok(new)
}

async fn append_postgres(
    conn: &mut sqlx::PgConnection,
    chain: Uuid,
    batch_no: i64,
    entries: &[&NewEntry],
) -> Result<u64> {
    let column = |read: fn(&NewEntry) -> i64| entries.iter().map(|entry| read(entry)).collect::<Vec<i64>>();
    let done = sqlx::query(
        "INSERT INTO exam.journal (attempt_id, lease_no, seq, partition_day, kind, question_id, status, taken_at,
             payload, entry_hash, nonce, chain_id, batch_no)
         SELECT e.*, $12, $13
         FROM UNNEST($1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[], $5::text[], $6::uuid[], $7::text[],
                     $8::bigint[], $9::bytea[], $10::bytea[], $11::bytea[]) AS e
         ON CONFLICT DO NOTHING",
    )
    .bind(entries.iter().map(|entry| entry.attempt.uuid()).collect::<Vec<Uuid>>())
    .bind(column(|entry| entry.lease_no))
    .bind(column(|entry| entry.seq))
    .bind(column(|entry| entry.partition_day))
    .bind(entries.iter().map(|entry| entry.kind).collect::<Vec<&str>>())
    .bind(entries.iter().map(|entry| entry.question.map(foundation::Id::uuid)).collect::<Vec<Option<Uuid>>>())
    .bind(entries.iter().map(|entry| entry.status.as_str()).collect::<Vec<&str>>())
    .bind(column(|entry| entry.taken_at.as_micros()))
    .bind(entries.iter().map(|entry| entry.payload.as_deref()).collect::<Vec<Option<&[u8]>>>())
    .bind(entries.iter().map(|entry| &entry.entry_hash.0[..]).collect::<Vec<&[u8]>>())
    .bind(entries.iter().map(|entry| &entry.nonce.0[..]).collect::<Vec<&[u8]>>())
    .bind(chain)
    .bind(batch_no)
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}

#[derive(FromRow)]
struct RawHeld {
    status: String,
    taken_at: Instant,
    entry_hash: Vec<u8>,
    nonce: Vec<u8>,
    chain_id: Uuid,
    batch_no: i64,
}

impl RawHeld {
    fn read(self, attempt: AttemptId) -> Result<Held> {
        let corrupt = |column| Error::corrupt("exam.journal", column, attempt, "of the wrong length");
        Ok(Held {
            status: EntryStatus::named(&self.status)
                .ok_or_else(|| Error::corrupt("exam.journal", "status", attempt, &self.status))?,
            taken_at: self.taken_at,
            entry_hash: self.entry_hash.try_into().map(Bytes).map_err(|_| corrupt("entry_hash"))?,
            nonce: self.nonce.try_into().map(Bytes).map_err(|_| corrupt("nonce"))?,
            batch: (self.chain_id, self.batch_no),
        })
    }
}

/// The entry of this key, if the journal holds one.
pub async fn find(conn: &mut Conn, (attempt, lease_no, seq): EntryKey) -> Result<Option<Held>> {
    let raw: Option<RawHeld> = db::on!(conn, c => sqlx::query_as(
        "SELECT status, taken_at, entry_hash, nonce, chain_id, batch_no
         FROM exam.journal
         WHERE attempt_id = $1 AND lease_no = $2 AND seq = $3",
    )
    .bind(attempt)
    .bind(lease_no)
    .bind(seq)
    .fetch_optional(c)
    .await)?;
    raw.map(|raw| raw.read(attempt)).transpose()
}

/// The server's own act of this place, by whichever lease, with the lease.
pub async fn act(conn: &mut Conn, attempt: AttemptId, seq: i64) -> Result<Option<(i64, Held)>> {
    #[derive(FromRow)]
    struct Raw {
        lease_no: i64,
        #[sqlx(flatten)]
        held: RawHeld,
    }
    let raw: Option<Raw> = db::on!(conn, c => sqlx::query_as(
        "SELECT lease_no, status, taken_at, entry_hash, nonce, chain_id, batch_no
         FROM exam.journal
         WHERE attempt_id = $1 AND seq = $2
         ORDER BY lease_no DESC
         LIMIT 1",
    )
    .bind(attempt)
    .bind(seq)
    .fetch_optional(c)
    .await)?;
    raw.map(|raw| Ok((raw.lease_no, raw.held.read(attempt)?))).transpose()
}

/// A current answer: the last entry that counts for a question.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Current {
    /// The question.
    pub question_id: QuestionVersionId,
    /// The lease that wrote it.
    pub lease_no: i64,
    /// Its place in the lease.
    pub seq: i64,
    /// The response's exact bytes; none once erased.
    pub payload: Option<Vec<u8>>,
}

/// The current answers of an attempt: for each question the last entry in the order of `(lease_no, seq)` that counts.
pub async fn current(conn: &mut Conn, attempt: AttemptId) -> Result<Vec<Current>> {
    Ok(current_of(conn, &[attempt]).await?.remove(&attempt).unwrap_or_default())
}

/// The [`current`] answers of each of these attempts that has any.
pub async fn current_of(conn: &mut Conn, attempts: &[AttemptId]) -> Result<HashMap<AttemptId, Vec<Current>>> {
    #[derive(FromRow)]
    struct Raw {
        attempt_id: AttemptId,
        #[sqlx(flatten)]
        current: Current,
    }
    let mut found: HashMap<AttemptId, Vec<Current>> = HashMap::with_capacity(attempts.len());
    for attempts in attempts.chunks(ROWS_MAX) {
        let places = db::rows::places_on(conn, 1, db::rows::padded(attempts.len()));
        let sql = format!(
            "SELECT attempt_id, question_id, lease_no, seq, payload
             FROM (
                 SELECT attempt_id, question_id, lease_no, seq, payload,
                        ROW_NUMBER() OVER (
                            PARTITION BY attempt_id, question_id ORDER BY lease_no DESC, seq DESC
                        ) AS place
                 FROM exam.journal
                 WHERE attempt_id IN {places}
                   AND question_id IS NOT NULL
                   AND (status = 'taken' OR admitted_at IS NOT NULL)
             ) AS entries
             WHERE place = 1
             ORDER BY question_id"
        );
        let raws: Vec<Raw> = db::on!(conn, c => {
            let mut query = sqlx::query_as(AssertSqlSafe(sql));
            for attempt in db::rows::fill(attempts) {
                query = query.bind(*attempt);
            }
            query.fetch_all(c).await
        })?;
        for Raw { attempt_id, current } in raws {
            found.entry(attempt_id).or_default().push(current);
        }
    }
    Ok(found)
}

/// How far an attempt is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRow)]
pub struct Progress {
    /// The attempt.
    pub attempt_id: AttemptId,
    /// Questions with an entry.
    pub answered: i64,
    /// When its last entry came.
    pub last_saved_at: Option<Instant>,
    /// Entries that came after it closed.
    pub late: i64,
}

/// How far the attempts of a sitting are, those with entries.
pub async fn progress(conn: &mut Conn, attempts: &[AttemptId]) -> Result<Vec<Progress>> {
    if attempts.is_empty() {
        return Ok(Vec::new());
    }
    let places = (1..=attempts.len()).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ");
    let sql = format!(
        "SELECT attempt_id,
                COUNT(DISTINCT CASE WHEN status = 'taken' THEN question_id END) AS answered,
                MAX(taken_at) AS last_saved_at,
                COUNT(CASE WHEN status = 'late' THEN 1 END) AS late
         FROM exam.journal
         WHERE attempt_id IN ({places}) AND question_id IS NOT NULL
         GROUP BY attempt_id"
    );
    Ok(db::on!(conn, c => {
        let mut query = sqlx::query_as(AssertSqlSafe(sql));
        for attempt in attempts {
            query = query.bind(*attempt);
        }
        query.fetch_all(c).await
    })?)
}

/// Since when a lease of an attempt writes, and when it was last heard of; none when it never was.
pub async fn heard_of(
    conn: &mut Conn,
    attempt: AttemptId,
    lease_no: i64,
) -> Result<Option<(Instant, Instant)>> {
    let (since, last): (Option<Instant>, Option<Instant>) = db::on!(conn, c => sqlx::query_as(
        "SELECT MIN(taken_at), MAX(taken_at) FROM exam.journal WHERE attempt_id = $1 AND lease_no = $2",
    )
    .bind(attempt)
    .bind(lease_no)
    .fetch_one(c)
    .await)?;
    Ok(since.zip(last))
}

/// An entry that was taken or came late, without what it says.
#[derive(Clone, Copy, Debug)]
pub struct Written {
    /// The lease that wrote it.
    pub lease_no: i64,
    /// Its place in the lease.
    pub seq: i64,
    /// The question.
    pub question_id: QuestionVersionId,
    /// Whether it came after the attempt, or its section, had closed.
    pub late: bool,
    /// When it came.
    pub taken_at: Instant,
    /// When an officer let it count.
    pub admitted_at: Option<Instant>,
}

impl Written {
    /// Its place in the order of writing.
    pub const fn place(&self) -> Place {
        (self.lease_no, self.seq)
    }
}

#[derive(FromRow)]
struct RawWritten {
    lease_no: i64,
    seq: i64,
    question_id: QuestionVersionId,
    status: String,
    taken_at: Instant,
    admitted_at: Option<Instant>,
}

impl From<RawWritten> for Written {
    fn from(raw: RawWritten) -> Self {
        Self {
            lease_no: raw.lease_no,
            seq: raw.seq,
            question_id: raw.question_id,
            late: raw.status == EntryStatus::Late.as_str(),
            taken_at: raw.taken_at,
            admitted_at: raw.admitted_at,
        }
    }
}

/// The entries of an attempt that were taken or came late, in the order of writing.
pub async fn written(conn: &mut Conn, attempt: AttemptId) -> Result<Vec<Written>> {
    let rows: Vec<RawWritten> = db::on!(conn, c => sqlx::query_as(
        "SELECT lease_no, seq, question_id, status, taken_at, admitted_at
         FROM exam.journal
         WHERE attempt_id = $1 AND status IN ('taken', 'late') AND question_id IS NOT NULL
         ORDER BY lease_no, seq",
    )
    .bind(attempt)
    .fetch_all(c)
    .await)?;
    Ok(rows.into_iter().map(Written::from).collect())
}

/// The entries of an attempt that came late, in the order of writing.
pub async fn late(conn: &mut Conn, attempt: AttemptId) -> Result<Vec<Written>> {
    let rows: Vec<RawWritten> = db::on!(conn, c => sqlx::query_as(
        "SELECT lease_no, seq, question_id, status, taken_at, admitted_at
         FROM exam.journal
         WHERE attempt_id = $1 AND status = 'late' AND question_id IS NOT NULL
         ORDER BY lease_no, seq",
    )
    .bind(attempt)
    .fetch_all(c)
    .await)?;
    Ok(rows.into_iter().map(Written::from).collect())
}

/// The entries of an attempt at `places`, as answers.
pub async fn at(conn: &mut Conn, attempt: AttemptId, places: &[Place]) -> Result<Vec<Current>> {
    if places.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT question_id, lease_no, seq, payload
         FROM exam.journal
         WHERE attempt_id = $1
           AND question_id IS NOT NULL
           AND (lease_no, seq) IN (VALUES {})
         ORDER BY question_id, lease_no, seq",
        values(places)
    );
    Ok(db::on!(conn, c => sqlx::query_as(AssertSqlSafe(sql)).bind(attempt).fetch_all(c).await)?)
}

/// Lets entries of an attempt count from `now`, late or passed over; answers how many were new.
pub async fn admit(tx: &mut Tx, attempt: AttemptId, places: &[Place], now: Instant) -> Result<u64> {
    let mut admitted = 0;
    for places in places.chunks(ADMITTED_A_STATEMENT) {
        let sql = format!(
            "UPDATE exam.journal
             SET admitted_at = $1
             WHERE attempt_id = $2
               AND admitted_at IS NULL
               AND question_id IS NOT NULL
               AND (lease_no, seq) IN (VALUES {})",
            values(places)
        );
        admitted += db::on!(&mut **tx, c => sqlx::query(AssertSqlSafe(sql))
            .bind(now)
            .bind(attempt)
            .execute(c)
            .await
            .map(|done| done.rows_affected()))?;
    }
    Ok(admitted)
}

fn values(places: &[Place]) -> String {
    places.iter().map(|(lease_no, seq)| format!("({lease_no}, {seq})")).collect::<Vec<_>>().join(", ")
}
