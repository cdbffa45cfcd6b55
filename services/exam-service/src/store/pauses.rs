//! `exam.pauses`: when clocks stood still.

use std::collections::HashMap;

use authz::{AccountId, AttemptId, SittingId};
use db::{Conn, Result, Tx};
use exam_api::PauseId;
use foundation::Instant;
use sqlx::{AssertSqlSafe, FromRow};

use crate::domain::pauses::{Outage, Pause, Pauses};

/// A pause's row.
#[derive(Clone, Debug)]
pub struct PauseRow {
    /// Its id.
    pub id: PauseId,
    /// The sitting.
    pub sitting_id: SittingId,
    /// The attempt; none for the whole sitting.
    pub attempt_id: Option<AttemptId>,
    /// From when.
    pub paused_at: Instant,
    /// Until when; none while it is open.
    pub resumed_at: Option<Instant>,
    /// Why.
    pub reason: String,
    /// By whom.
    pub paused_by: Option<AccountId>,
}

/// The pauses of some sittings, and the outages that they credited.
#[derive(Clone, Debug, Default)]
pub struct SittingPauses {
    of_all: HashMap<SittingId, Vec<Pause>>,
    of_one: HashMap<AttemptId, Vec<Pause>>,
    outages: HashMap<SittingId, Vec<Outage>>,
}

#[derive(FromRow)]
struct Stood {
    sitting_id: SittingId,
    attempt_id: Option<AttemptId>,
    from_at: Instant,
    until_at: Option<Instant>,
    outage: i64,
}

impl SittingPauses {
    /// Those of the whole sitting alone.
    pub fn of_sitting(&self, sitting: SittingId) -> Pauses {
        Pauses::new(self.of_all.get(&sitting).cloned().unwrap_or_default())
            .with_outages(self.outages.get(&sitting).cloned().unwrap_or_default())
    }

    /// Those that concern an attempt.
    pub fn of(&self, sitting: SittingId, attempt: AttemptId) -> Pauses {
        let of_all = self.of_all.get(&sitting).into_iter().flatten();
        Pauses::new(of_all.chain(self.of_one.get(&attempt).into_iter().flatten()).copied().collect())
            .with_outages(self.outages.get(&sitting).cloned().unwrap_or_default())
    }
}

/// The pauses of these sittings and the outages that they credited; nothing is read for none.
pub async fn of_sittings(conn: &mut Conn, sittings: &[SittingId]) -> Result<SittingPauses> {
    let mut pauses = SittingPauses::default();
    if sittings.is_empty() {
        return Ok(pauses);
    }
    let places = (1..=sittings.len()).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ");
    let sql = format!(
        "SELECT sitting_id, attempt_id, paused_at AS from_at, resumed_at AS until_at, CAST(0 AS bigint) AS outage
         FROM exam.pauses
         WHERE sitting_id IN ({places})
         UNION ALL
         SELECT sitting_id, CAST(NULL AS uuid), counts_from, until_at, CAST(1 AS bigint)
         FROM exam.outages
         WHERE sitting_id IN ({places}) AND decision = 'credited'"
    );
    let rows: Vec<Stood> = db::on!(conn, c => {
        let mut query = sqlx::query_as(AssertSqlSafe(sql));
        for sitting in sittings {
            query = query.bind(*sitting);
        }
        query.fetch_all(c).await
    })?;
    for Stood { sitting_id, attempt_id, from_at: from, until_at: until, outage } in rows {
        match (outage, until, attempt_id) {
            (1, Some(until), _) => pauses.outages.entry(sitting_id).or_default().push(Outage { from, until }),
            (_, until, Some(attempt)) => {
                pauses.of_one.entry(attempt).or_default().push(Pause { from, until, of_sitting: false });
            }
            (_, until, None) => {
                pauses.of_all.entry(sitting_id).or_default().push(Pause { from, until, of_sitting: true });
            }
        }
    }
    Ok(pauses)
}

/// The pauses that concern an attempt.
pub async fn of_attempt(conn: &mut Conn, sitting: SittingId, attempt: AttemptId) -> Result<Pauses> {
    Ok(of_sittings(conn, &[sitting]).await?.of(sitting, attempt))
}

/// Adds a pause.
pub async fn insert(tx: &mut Tx, pause: &PauseRow) -> Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "INSERT INTO exam.pauses (id, sitting_id, attempt_id, paused_at, resumed_at, reason, paused_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(pause.id)
    .bind(pause.sitting_id)
    .bind(pause.attempt_id)
    .bind(pause.paused_at)
    .bind(pause.resumed_at)
    .bind(&pause.reason)
    .bind(pause.paused_by)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Ends the open pause of an attempt, or the whole sitting's; false when none is open.
pub async fn resume(
    tx: &mut Tx,
    sitting: SittingId,
    attempt: Option<AttemptId>,
    by: Option<AccountId>,
    now: Instant,
) -> Result<bool> {
    let whose = if attempt.is_some() { "attempt_id = $4" } else { "attempt_id IS NULL" };
    let sql = format!(
        "UPDATE exam.pauses
         SET resumed_at = $1, resumed_by = $2
         WHERE sitting_id = $3 AND resumed_at IS NULL AND {whose}"
    );
    let rows = db::on!(&mut **tx, c => {
        let mut query = sqlx::query(AssertSqlSafe(sql)).bind(now).bind(by).bind(sitting);
        if let Some(attempt) = attempt {
            query = query.bind(attempt);
        }
        query.execute(c).await.map(|done| done.rows_affected())
    })?;
    Ok(rows > 0)
}
