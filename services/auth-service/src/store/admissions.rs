//! Sittings and admissions: who may check in to what, with which code.

use std::collections::HashMap;

use auth_api::{Admission, SittingAdmissions};
use authz::{AccountId, AttemptId, SittingId, UnitPath};
use db::{
    Conn, Tx,
    rows::{fill, nameless_places, padded},
};
use foundation::Instant;
use sqlx::{AssertSqlSafe, FromRow, QueryBuilder};

use super::ROWS_A_STATEMENT;
use crate::domain::check_in::StandingAdmission;

/// A sitting, as far as admission knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SittingRecord {
    /// The sitting.
    pub id: SittingId,
    /// Its title.
    pub title: String,
    /// The unit it belongs to.
    pub unit: UnitPath,
}

/// Writes what is known of a sitting.
pub async fn put_sitting(tx: &mut Tx, sitting: &SittingAdmissions, now: Instant) -> db::Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "INSERT INTO auth.sittings (id, title, unit, updated_at)
         VALUES ($1, $2, $3, $4)
         ON CONFLICT (id) DO UPDATE SET title = excluded.title, unit = excluded.unit, updated_at = excluded.updated_at"
    )
    .bind(sitting.sitting)
    .bind(sitting.title.as_str())
    .bind(sitting.unit.as_str())
    .bind(now)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// The sitting of this id.
pub async fn find_sitting(conn: &mut Conn, id: SittingId) -> db::Result<Option<SittingRecord>> {
    let row: Option<(String, String)> = db::on!(conn, c => sqlx::query_as(
        "SELECT title, unit FROM auth.sittings WHERE id = $1"
    )
    .bind(id)
    .fetch_optional(c)
    .await)?;
    row.map(|(title, unit)| {
        Ok(SittingRecord { id, title, unit: super::path("auth.sittings", "unit", id, unit)? })
    })
    .transpose()
}

/// Writes admissions; one that is there takes the new times and holds again, its code stays. Answers how many were
/// written: an attempt that belongs to another candidate or sitting isn't.
pub async fn put(tx: &mut Tx, sitting: SittingId, admissions: &[Admission]) -> db::Result<u64> {
    let mut written = 0;
    for admissions in admissions.chunks(ROWS_A_STATEMENT) {
        written += db::on!(&mut **tx, c => {
            let mut query = QueryBuilder::new(
                "INSERT INTO auth.admissions (attempt_id, sitting_id, account_id, opens_at, closes_at) ",
            );
            query.push_values(admissions, |mut row, admission| {
                row.push_bind(admission.attempt)
                    .push_bind(sitting)
                    .push_bind(admission.candidate)
                    .push_bind(admission.opens_at)
                    .push_bind(admission.closes_at);
            });
            query.push(
                " ON CONFLICT (attempt_id) DO UPDATE
                  SET opens_at = excluded.opens_at, closes_at = excluded.closes_at, revoked_at = NULL
                  WHERE admissions.sitting_id = excluded.sitting_id AND admissions.account_id = excluded.account_id",
            );
            query.build().execute(c).await.map(|done| done.rows_affected())
        })?;
    }
    Ok(written)
}

/// Takes admissions of a sitting back; answers how many held.
pub async fn revoke(
    tx: &mut Tx,
    sitting: SittingId,
    attempts: &[AttemptId],
    now: Instant,
) -> db::Result<u64> {
    let mut revoked = 0;
    for attempts in attempts.chunks(ROWS_A_STATEMENT) {
        revoked += db::on!(&mut **tx, c => {
            let mut query = QueryBuilder::new("UPDATE auth.admissions SET revoked_at = ");
            query.push_bind(now).push(" WHERE revoked_at IS NULL AND sitting_id = ").push_bind(sitting);
            query.push(" AND attempt_id IN (");
            let mut list = query.separated(", ");
            for attempt in attempts {
                list.push_bind(*attempt);
            }
            query.push(")");
            query.build().execute(c).await.map(|done| done.rows_affected())
        })?;
    }
    Ok(revoked)
}

/// An admission, and whose it is.
#[derive(Clone, Debug)]
pub struct Admitted {
    /// The right itself.
    pub admission: StandingAdmission,
    /// The candidate's name.
    pub candidate_name: String,
    /// Whether the candidate's account is disabled.
    pub disabled: bool,
}

#[derive(FromRow)]
struct AdmittedRow {
    attempt_id: AttemptId,
    sitting_id: SittingId,
    account_id: AccountId,
    opens_at: Instant,
    closes_at: Instant,
    revoked_at: Option<Instant>,
    display_name: String,
    disabled_at: Option<Instant>,
}

impl From<AdmittedRow> for Admitted {
    fn from(row: AdmittedRow) -> Self {
        Self {
            admission: StandingAdmission {
                attempt: row.attempt_id,
                sitting: row.sitting_id,
                candidate: row.account_id,
                opens_at: row.opens_at,
                closes_at: row.closes_at,
                revoked: row.revoked_at.is_some(),
            },
            candidate_name: row.display_name,
            disabled: row.disabled_at.is_some(),
        }
    }
}

/// The admissions that these codes open, [`ROWS_MAX`](db::rows::ROWS_MAX) at most, by their hashes.
pub async fn find_by_codes(
    conn: &mut Conn,
    code_hashes: &[[u8; 32]],
) -> db::Result<HashMap<[u8; 32], Admitted>> {
    #[derive(FromRow)]
    struct Row {
        code_hash: Vec<u8>,
        #[sqlx(flatten)]
        admitted: AdmittedRow,
    }
    const SELECT: &str =
        "SELECT d.code_hash, d.attempt_id, d.sitting_id, d.account_id, d.opens_at, d.closes_at,
                d.revoked_at, a.display_name, a.disabled_at
         FROM auth.admissions d
         JOIN auth.accounts a ON a.id = d.account_id
         WHERE d.code_hash";
    let rows: Vec<Row> = db::on!(
        conn,
        sqlite c => {
            let sql = format!("{SELECT} IN {}", nameless_places(1, padded(code_hashes.len())));
            let mut query = sqlx::query_as(AssertSqlSafe(sql));
            for code_hash in fill(code_hashes) {
                query = query.bind(&code_hash[..]);
            }
            query.fetch_all(c).await?
        },
        postgres c => {
            let hashes: Vec<&[u8]> = code_hashes.iter().map(|hash| &hash[..]).collect();
            let sql = format!("{SELECT} = ANY($1)");
            sqlx::query_as(AssertSqlSafe(sql)).bind(hashes).fetch_all(c).await?
        }
    );
    // What is found by a hash of 32 bytes has one.
    let found =
        rows.into_iter().filter_map(|row| Some((row.code_hash.try_into().ok()?, row.admitted.into())));
    Ok(found.collect())
}

/// The admission to this attempt.
pub async fn find_by_attempt(conn: &mut Conn, attempt: AttemptId) -> db::Result<Option<Admitted>> {
    let row: Option<AdmittedRow> = db::on!(conn, c => sqlx::query_as(
        "SELECT d.attempt_id, d.sitting_id, d.account_id, d.opens_at, d.closes_at, d.revoked_at,
                a.display_name, a.disabled_at
         FROM auth.admissions d
         JOIN auth.accounts a ON a.id = d.account_id
         WHERE d.attempt_id = $1"
    )
    .bind(attempt)
    .fetch_optional(c)
    .await)?;
    Ok(row.map(Admitted::from))
}

/// A candidate of a sitting, for its sheets.
#[derive(Clone, Debug, FromRow)]
pub struct SheetRow {
    /// The attempt.
    pub attempt_id: AttemptId,
    /// The candidate.
    pub account_id: AccountId,
    /// Their number.
    pub number: Option<String>,
    /// Their name.
    pub display_name: String,
    /// When they may start.
    pub opens_at: Instant,
    /// When their code was made, if they have one.
    pub code_issued_at: Option<Instant>,
}

/// The candidates of a sitting whose admission holds, in the order of their numbers.
pub async fn sheet(conn: &mut Conn, sitting: SittingId) -> db::Result<Vec<SheetRow>> {
    let rows = db::on!(conn, c => sqlx::query_as(
        "SELECT d.attempt_id, d.account_id, a.number, a.display_name, d.opens_at, d.code_issued_at
         FROM auth.admissions d
         JOIN auth.accounts a ON a.id = d.account_id
         WHERE d.sitting_id = $1 AND d.revoked_at IS NULL
         ORDER BY a.subject, d.attempt_id"
    )
    .bind(sitting)
    .fetch_all(c)
    .await)?;
    Ok(rows)
}

/// Gives an admission a code; the one that it had stops being good.
pub async fn set_code(tx: &mut Tx, attempt: AttemptId, code_hash: &[u8], now: Instant) -> db::Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "UPDATE auth.admissions SET code_hash = $2, code_issued_at = $3 WHERE attempt_id = $1"
    )
    .bind(attempt)
    .bind(code_hash)
    .bind(now)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}
