//! `question.banks`.

use authz::{AccountId, UnitPath};
use db::{Conn, Result, Tx};
use foundation::{Id, Instant, PageQuery};
use question_api::BankId;
use sqlx::{AssertSqlSafe, FromRow, QueryBuilder};
use uuid::Uuid;

use super::{under, unit_path};

/// A bank's row.
#[derive(Clone, Debug)]
pub struct BankRow {
    /// Its id.
    pub id: BankId,
    /// Where it lies in the organisation.
    pub unit: UnitPath,
    /// Its title.
    pub title: String,
    /// What it is for.
    pub description: String,
    /// Counts every change, from 1.
    pub version: i64,
    /// When it was put away.
    pub archived_at: Option<Instant>,
    /// Who made it.
    pub created_by: Option<AccountId>,
    /// When it was made.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
    /// Questions in it that aren't archived.
    pub questions: i64,
}

#[derive(FromRow)]
struct Raw {
    id: BankId,
    unit_path: String,
    title: String,
    description: String,
    version: i64,
    archived_at: Option<Instant>,
    created_by: Option<AccountId>,
    created_at: Instant,
    updated_at: Instant,
    questions: i64,
}

impl Raw {
    fn read(self) -> Result<BankRow> {
        Ok(BankRow {
            unit: unit_path("question.banks", self.id, self.unit_path)?,
            id: self.id,
            title: self.title,
            description: self.description,
            version: self.version,
            archived_at: self.archived_at,
            created_by: self.created_by,
            created_at: self.created_at,
            updated_at: self.updated_at,
            questions: self.questions,
        })
    }
}

const SELECT: &str =
    "SELECT b.id, b.unit_path, b.title, b.description, b.version, b.archived_at, b.created_by, b.created_at, b.updated_at,
            (SELECT count(*) FROM question.questions q WHERE q.bank_id = b.id AND q.archived_at IS NULL) AS questions
     FROM question.banks b";

/// The bank, if it is there.
pub async fn find(conn: &mut Conn, id: BankId) -> Result<Option<BankRow>> {
    let sql = format!("{SELECT} WHERE b.id = $1");
    let raw: Option<Raw> =
        db::on!(conn, c => sqlx::query_as(AssertSqlSafe(sql)).bind(id).fetch_optional(c).await)?;
    raw.map(Raw::read).transpose()
}

/// Where each of these banks lies, and whether it is put away.
pub async fn places(conn: &mut Conn, ids: &[BankId]) -> Result<Vec<(BankId, UnitPath, bool)>> {
    let mut places = Vec::with_capacity(ids.len());
    for ids in ids.chunks(super::ROWS_PER_STATEMENT_MAX) {
        let rows: Vec<(BankId, String, Option<Instant>)> = db::on!(&mut *conn, c => {
            let mut query = QueryBuilder::new("SELECT id, unit_path, archived_at FROM question.banks WHERE id IN (");
            let mut list = query.separated(", ");
            ids.iter().for_each(|id| { list.push_bind(*id); });
            query.push(")");
            query.build_query_as().fetch_all(c).await
        })?;
        for (id, path, archived_at) in rows {
            places.push((id, unit_path("question.banks", id, path)?, archived_at.is_some()));
        }
    }
    Ok(places)
}

/// Banks under any of `units`, newest first; one more than the page holds.
pub async fn list(
    conn: &mut Conn,
    units: &[UnitPath],
    archived: bool,
    page: &PageQuery,
) -> Result<Vec<BankRow>> {
    let after = page.after.as_deref().and_then(|id| id.parse::<BankId>().ok());
    let raws: Vec<Raw> = db::on!(conn, c => {
        let mut query = QueryBuilder::new(SELECT);
        query.push(if archived { " WHERE b.archived_at IS NOT NULL" } else { " WHERE b.archived_at IS NULL" });
        query.push(" AND b.id < ").push_bind(after.map_or(Uuid::max(), Id::uuid));
        query.push(" AND");
        under!(query, "b.unit_path", units);
        query.push(" ORDER BY b.id DESC LIMIT ").push_bind(page.limit() + 1);
        query.build_query_as().fetch_all(c).await
    })?;
    raws.into_iter().map(Raw::read).collect()
}

/// Adds a bank.
pub async fn insert(tx: &mut Tx, bank: &BankRow) -> Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "INSERT INTO question.banks (id, unit_path, title, description, version, created_by, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(bank.id)
    .bind(bank.unit.as_str())
    .bind(&bank.title)
    .bind(&bank.description)
    .bind(bank.version)
    .bind(bank.created_by)
    .bind(bank.created_at)
    .bind(bank.updated_at)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Writes everything that can change over version `bank.version`; false when somebody was faster.
pub async fn update(tx: &mut Tx, bank: &BankRow) -> Result<bool> {
    let rows = db::on!(&mut **tx, c => sqlx::query(
        "UPDATE question.banks
         SET unit_path = $1, title = $2, description = $3, archived_at = $4, updated_at = $5, version = version + 1
         WHERE id = $6 AND version = $7",
    )
    .bind(bank.unit.as_str())
    .bind(&bank.title)
    .bind(&bank.description)
    .bind(bank.archived_at)
    .bind(bank.updated_at)
    .bind(bank.id)
    .bind(bank.version)
    .execute(c)
    .await
    .map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}

/// Whether anything lies in the bank, archived or not.
pub async fn holds_anything(conn: &mut Conn, id: BankId) -> Result<bool> {
    let found: Option<i64> = db::on!(conn, c => sqlx::query_scalar(
        "SELECT CAST(1 AS bigint)
         WHERE EXISTS (SELECT 1 FROM question.questions WHERE bank_id = $1)
            OR EXISTS (SELECT 1 FROM question.categories WHERE bank_id = $1)
            OR EXISTS (SELECT 1 FROM question.stimuli WHERE bank_id = $1)",
    )
    .bind(id)
    .fetch_optional(c)
    .await)?;
    Ok(found.is_some())
}

/// Deletes an empty bank.
pub async fn delete(tx: &mut Tx, id: BankId) -> Result<()> {
    db::on!(&mut **tx, c => sqlx::query("DELETE FROM question.banks WHERE id = $1")
        .bind(id)
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(())
}

/// Keeps others from adding to the bank until this transaction ends, so that limits and duplicates are counted right.
/// What is there already can still be saved: a long import stops nobody's work.
pub async fn lock(tx: &mut Tx, id: BankId) -> Result<()> {
    match &mut **tx {
        // SQLite has one writer, and this is it.
        Conn::Sqlite(_) => {}
        Conn::Postgres(conn) => {
            sqlx::query("SELECT id FROM question.banks WHERE id = $1 FOR NO KEY UPDATE")
                .bind(id)
                .execute(&mut **conn)
                .await?;
        }
    }
    Ok(())
}
