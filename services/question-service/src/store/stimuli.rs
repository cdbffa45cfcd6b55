//! `question.stimuli` and `question.stimulus_versions`.

use authz::AccountId;
use db::{Conn, Error, Result, Tx};
use foundation::{Id, Instant, PageQuery};
use question_api::{BankId, StimulusId};
use question_model::RichText;
use sqlx::{AssertSqlSafe, FromRow, QueryBuilder};
use uuid::Uuid;

use super::{ROWS_PER_STATEMENT_MAX, json, to_json};

/// A stimulus's row.
#[derive(Clone, Debug, FromRow)]
pub struct StimulusRow {
    /// Its id.
    pub id: StimulusId,
    /// Its bank.
    pub bank_id: BankId,
    /// A name for lists.
    pub title: String,
    /// The beginning of its text.
    pub excerpt: String,
    /// Its newest version.
    pub version: i64,
    /// Who saved that.
    pub saved_by: Option<AccountId>,
    /// When.
    pub saved_at: Instant,
    /// Questions whose newest version shares it, archived ones left out.
    pub questions: i64,
}

const SELECT: &str = "SELECT s.id, s.bank_id, s.title, s.excerpt, s.version, s.saved_by, s.saved_at,
        (SELECT count(*) FROM question.questions q WHERE q.stimulus_id = s.id AND q.archived_at IS NULL) AS questions
     FROM question.stimuli s";

/// The stimulus, if it is there.
pub async fn find(conn: &mut Conn, id: StimulusId) -> Result<Option<StimulusRow>> {
    let sql = format!("{SELECT} WHERE s.id = $1");
    Ok(db::on!(conn, c => sqlx::query_as(AssertSqlSafe(sql)).bind(id).fetch_optional(c).await)?)
}

/// Keeps others from deleting the stimulus until this transaction ends. Call it before [`find`].
pub async fn hold(tx: &mut Tx, id: StimulusId) -> Result<()> {
    // SQLite has one writer, and this is it.
    if let Conn::Postgres(conn) = &mut **tx {
        sqlx::query("SELECT id FROM question.stimuli WHERE id = $1 FOR KEY SHARE")
            .bind(id)
            .execute(&mut **conn)
            .await?;
    }
    Ok(())
}

/// A bank's stimuli, newest first; one more than the page holds.
pub async fn list(conn: &mut Conn, bank: BankId, page: &PageQuery) -> Result<Vec<StimulusRow>> {
    let after = page.after.as_deref().and_then(|id| id.parse::<StimulusId>().ok());
    let sql = format!("{SELECT} WHERE s.bank_id = $1 AND s.id < $2 ORDER BY s.id DESC LIMIT $3");
    Ok(db::on!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(bank)
        .bind(after.map_or(Uuid::max(), Id::uuid))
        .bind(page.limit() + 1)
        .fetch_all(c)
        .await)?)
}

/// All stimuli of a bank.
pub async fn count(conn: &mut Conn, bank: BankId) -> Result<i64> {
    Ok(db::on!(conn, c => sqlx::query_scalar("SELECT count(*) FROM question.stimuli WHERE bank_id = $1")
        .bind(bank)
        .fetch_one(c)
        .await)?)
}

/// The newest texts of these stimuli, in no order.
pub async fn texts(conn: &mut Conn, ids: &[StimulusId]) -> Result<Vec<(StimulusId, RichText)>> {
    let mut texts = Vec::with_capacity(ids.len());
    for ids in ids.chunks(ROWS_PER_STATEMENT_MAX) {
        let rows: Vec<(StimulusId, Vec<u8>)> = db::on!(&mut *conn, c => {
            let mut query = QueryBuilder::new(
                "SELECT s.id, v.content
                 FROM question.stimuli s
                 JOIN question.stimulus_versions v ON v.stimulus_id = s.id AND v.number = s.version
                 WHERE s.id IN (",
            );
            let mut list = query.separated(", ");
            ids.iter().for_each(|id| { list.push_bind(*id); });
            query.push(")");
            query.build_query_as().fetch_all(c).await
        })?;
        for (id, content) in rows {
            texts.push((id, json("question.stimulus_versions", "content", id, &content)?));
        }
    }
    Ok(texts)
}

/// The newest text of a stimulus.
pub async fn text(conn: &mut Conn, id: StimulusId) -> Result<RichText> {
    let text = texts(conn, &[id]).await?.pop();
    text.map(|(_, text)| text)
        .ok_or_else(|| Error::corrupt("question.stimuli", "version", id, "no such version"))
}

/// Adds a stimulus with its first version.
pub async fn insert(tx: &mut Tx, row: &StimulusRow, text: &RichText) -> Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "INSERT INTO question.stimuli (id, bank_id, title, excerpt, version, saved_by, saved_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(row.id)
    .bind(row.bank_id)
    .bind(&row.title)
    .bind(&row.excerpt)
    .bind(row.version)
    .bind(row.saved_by)
    .bind(row.saved_at)
    .execute(c)
    .await
    .map(|_| ()))?;
    insert_version(tx, row, text).await
}

/// Adds the version `row.version`; false when somebody was faster.
pub async fn save(tx: &mut Tx, row: &StimulusRow, text: &RichText) -> Result<bool> {
    let rows = db::on!(&mut **tx, c => sqlx::query(
        "UPDATE question.stimuli
         SET title = $1, excerpt = $2, version = $3, saved_by = $4, saved_at = $5
         WHERE id = $6 AND version = $3 - 1",
    )
    .bind(&row.title)
    .bind(&row.excerpt)
    .bind(row.version)
    .bind(row.saved_by)
    .bind(row.saved_at)
    .bind(row.id)
    .execute(c)
    .await
    .map(|done| done.rows_affected()))?;
    if rows == 1 {
        insert_version(tx, row, text).await?;
    }
    Ok(rows == 1)
}

async fn insert_version(tx: &mut Tx, row: &StimulusRow, text: &RichText) -> Result<()> {
    let content = to_json(text)?.into_bytes();
    db::on!(&mut **tx, c => sqlx::query(
        "INSERT INTO question.stimulus_versions (stimulus_id, number, title, content, saved_by, saved_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(row.id)
    .bind(row.version)
    .bind(&row.title)
    .bind(content)
    .bind(row.saved_by)
    .bind(row.saved_at)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Whether any version of any question refers to the stimulus.
pub async fn in_use(conn: &mut Conn, id: StimulusId) -> Result<bool> {
    let found: Option<i64> = db::on!(conn, c => sqlx::query_scalar(
        "SELECT CAST(1 AS bigint) FROM question.question_versions WHERE stimulus_id = $1 LIMIT 1",
    )
    .bind(id)
    .fetch_optional(c)
    .await)?;
    Ok(found.is_some())
}

/// Deletes a stimulus that nothing refers to.
pub async fn delete(tx: &mut Tx, id: StimulusId) -> Result<()> {
    for sql in [
        "DELETE FROM question.stimulus_versions WHERE stimulus_id = $1",
        "DELETE FROM question.stimuli WHERE id = $1",
    ] {
        db::on!(&mut **tx, c => sqlx::query(sql).bind(id).execute(c).await.map(|_| ()))?;
    }
    Ok(())
}
