//! `exam.section_entries`: when candidates entered sections that have a time limit of their own.

use std::collections::HashMap;

use authz::AttemptId;
use db::{Conn, Result, Tx};
use foundation::{Instant, Span};
use sqlx::{AssertSqlSafe, FromRow};

use crate::domain::time::SectionEntry;

/// A section of an attempt, counted from 0.
pub type SectionKey = (AttemptId, u32);

#[derive(FromRow)]
struct Raw {
    attempt_id: AttemptId,
    section: i64,
    entered_at: Instant,
    credit_us: Span,
}

/// The sections that these attempts have entered.
pub async fn entered(conn: &mut Conn, attempts: &[AttemptId]) -> Result<HashMap<SectionKey, SectionEntry>> {
    if attempts.is_empty() {
        return Ok(HashMap::new());
    }
    let places = (1..=attempts.len()).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ");
    let sql = format!(
        "SELECT attempt_id, section, entered_at, credit_us
         FROM exam.section_entries
         WHERE attempt_id IN ({places})"
    );
    let rows: Vec<Raw> = db::on!(conn, c => {
        let mut query = sqlx::query_as(AssertSqlSafe(sql));
        for attempt in attempts {
            query = query.bind(*attempt);
        }
        query.fetch_all(c).await
    })?;
    let entries = rows.into_iter().map(|row| {
        let section = u32::try_from(row.section).unwrap_or(u32::MAX);
        ((row.attempt_id, section), SectionEntry { entered_at: row.entered_at, credit: row.credit_us })
    });
    Ok(entries.collect())
}

/// Notes that a section was entered; the first time stays.
pub async fn enter(tx: &mut Tx, (attempt, section): SectionKey, entry: SectionEntry) -> Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "INSERT INTO exam.section_entries (attempt_id, section, entered_at, credit_us)
         VALUES ($1, $2, $3, $4)
         ON CONFLICT DO NOTHING",
    )
    .bind(attempt)
    .bind(i64::from(section))
    .bind(entry.entered_at)
    .bind(entry.credit)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}
