//! The audit log as a list, newest first.

use db::Conn;
use foundation::{Instant, PageQuery};
use serde::Serialize;
use sqlx::{AssertSqlSafe, FromRow};
use utoipa::ToSchema;
use uuid::Uuid;

/// One thing that somebody did.
#[derive(Clone, Debug, Serialize, FromRow, ToSchema)]
pub struct AuditRecord {
    /// The record's id; newer ones sort behind older ones.
    pub id: Uuid,
    /// When.
    pub at: Instant,
    /// `account`, `system`, …
    pub actor_kind: String,
    /// The account, if a person did it.
    pub actor_id: Option<Uuid>,
    /// What was done.
    pub action: String,
    /// To what kind of thing.
    pub subject_kind: String,
    /// To which.
    pub subject_id: String,
    /// What changed, as JSON text.
    pub detail: String,
    /// Its place in the chain, once sealed.
    pub seq: Option<i64>,
}

/// A page of the audit log of `schema`, newest first; `after` is the last record's id. One more than the limit is read.
///
/// # Errors
/// When the database can't be read.
pub async fn list(conn: &mut Conn, schema: &'static str, page: &PageQuery) -> db::Result<Vec<AuditRecord>> {
    let before = page.after.as_deref().and_then(|id| id.parse::<Uuid>().ok()).unwrap_or(Uuid::max());
    let sql = format!(
        "SELECT id, at, actor_kind, actor_id, action, subject_kind, subject_id, detail, seq
         FROM {schema}.audit_log
         WHERE id < $1
         ORDER BY id DESC
         LIMIT $2"
    );
    let rows = db::on!(conn, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(before)
        .bind(page.limit() + 1)
        .fetch_all(c)
        .await)?;
    Ok(rows)
}
