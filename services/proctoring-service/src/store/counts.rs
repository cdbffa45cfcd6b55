//! Counts over `proctoring.violations`.

use authz::AttemptId;
use db::{Conn, Result};
use foundation::Instant;
use proctoring_api::{Judgement, ViolationKind};
use sqlx::{AssertSqlSafe, FromRow};

use super::violations::named;

/// How many violations of an attempt are of one kind and judged one way.
#[derive(Clone, Copy, Debug)]
pub struct Tally {
    /// The attempt.
    pub attempt: AttemptId,
    /// The kind.
    pub kind: ViolationKind,
    /// How they were judged; none when they weren't.
    pub judgement: Option<Judgement>,
    /// How many.
    pub count: i64,
    /// When the last of them was recorded.
    pub last_recorded_at: Instant,
}

#[derive(FromRow)]
struct Raw {
    attempt_id: AttemptId,
    kind: String,
    judgement: Option<String>,
    count: i64,
    last_recorded_at: Instant,
}

/// The tallies of these attempts.
pub async fn of_attempts(conn: &mut Conn, attempts: &[AttemptId]) -> Result<Vec<Tally>> {
    if attempts.is_empty() {
        return Ok(Vec::new());
    }
    let places = (1..=attempts.len()).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ");
    let sql = format!(
        "SELECT attempt_id, kind, judgement, count(*) AS count, max(recorded_at) AS last_recorded_at
         FROM proctoring.violations
         WHERE attempt_id IN ({places})
         GROUP BY attempt_id, kind, judgement"
    );
    let raws: Vec<Raw> = db::on!(conn, c => {
        let mut query = sqlx::query_as(AssertSqlSafe(sql));
        for attempt in attempts {
            query = query.bind(*attempt);
        }
        query.fetch_all(c).await
    })?;
    raws.into_iter()
        .map(|raw| {
            Ok(Tally {
                attempt: raw.attempt_id,
                kind: named("kind", raw.attempt_id, &raw.kind)?,
                judgement: raw.judgement.map(|name| named("judgement", raw.attempt_id, &name)).transpose()?,
                count: raw.count,
                last_recorded_at: raw.last_recorded_at,
            })
        })
        .collect()
}
