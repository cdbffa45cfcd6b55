//! The organisation's units.

use std::collections::HashMap;

use auth_api::{Unit, UnitKind};
use authz::{UnitId, UnitPath};
use db::{Conn, Tx};
use foundation::Instant;
use sqlx::{FromRow, QueryBuilder};

use super::scope::Scope;
use crate::domain::{
    fold::fold,
    unit::{TermId, UnitRecord},
};

#[derive(FromRow)]
struct Row {
    id: UnitId,
    parent_id: Option<UnitId>,
    kind: String,
    name: String,
    code: Option<String>,
    path: String,
    term_id: Option<TermId>,
    archived_at: Option<Instant>,
}

impl TryFrom<Row> for UnitRecord {
    type Error = db::Error;
    fn try_from(row: Row) -> db::Result<Self> {
        let kind = UnitKind::from_name(&row.kind)
            .ok_or_else(|| db::Error::corrupt("auth.units", "kind", row.id, format!("{:?}", row.kind)))?;
        let path = super::path("auth.units", "path", row.id, row.path)?;
        Ok(Self {
            unit: Unit { id: row.id, parent: row.parent_id, kind, name: row.name, path },
            code: row.code,
            term: row.term_id,
            archived_at: row.archived_at,
        })
    }
}

/// The unit of this id.
pub async fn find(conn: &mut Conn, id: UnitId) -> db::Result<Option<UnitRecord>> {
    let row: Option<Row> = db::on!(conn, c => sqlx::query_as(
        "SELECT id, parent_id, kind, name, code, path, term_id, archived_at
         FROM auth.units
         WHERE id = $1"
    )
    .bind(id)
    .fetch_optional(c)
    .await)?;
    row.map(UnitRecord::try_from).transpose()
}

/// The unit of this path; none for the institution and for a path that no unit has.
pub async fn find_by_path(conn: &mut Conn, path: &UnitPath) -> db::Result<Option<UnitRecord>> {
    let Some(id) = path.unit() else { return Ok(None) };
    Ok(find(conn, id).await?.filter(|record| record.unit.path == *path))
}

/// The units within `scope`, parents before children; at most `limit`.
pub async fn list(conn: &mut Conn, scope: &Scope, archived: bool, limit: i64) -> db::Result<Vec<UnitRecord>> {
    let rows: Vec<Row> = db::on!(conn, c => {
        let mut query = QueryBuilder::new(
            "SELECT id, parent_id, kind, name, code, path, term_id, archived_at
             FROM auth.units
             WHERE ",
        );
        scope.push_path(&mut query, "path");
        if !archived {
            query.push(" AND archived_at IS NULL");
        }
        query.push(" ORDER BY path LIMIT ").push_bind(limit);
        query.build_query_as().fetch_all(c).await
    })?;
    rows.into_iter().map(UnitRecord::try_from).collect()
}

/// The classes in or below `unit` that are not archived, by id, by folded name and by folded code; a name that two of
/// them have means neither.
pub async fn classes_below(conn: &mut Conn, unit: &UnitPath) -> db::Result<HashMap<String, Vec<UnitId>>> {
    let rows: Vec<(UnitId, String, Option<String>)> = db::on!(conn, c => sqlx::query_as(
        "SELECT id, name, code
         FROM auth.units
         WHERE kind = 'class' AND archived_at IS NULL AND path LIKE $1"
    )
    .bind(format!("{unit}%"))
    .fetch_all(c)
    .await)?;
    let mut classes: HashMap<String, Vec<UnitId>> = HashMap::new();
    for (id, name, code) in rows {
        for key in [Some(id.to_string()), Some(name), code].into_iter().flatten().map(|text| fold(&text)) {
            let ids = classes.entry(key).or_default();
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
    }
    Ok(classes)
}

/// Adds a unit.
pub async fn insert(tx: &mut Tx, record: &UnitRecord, now: Instant) -> db::Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "INSERT INTO auth.units (id, parent_id, kind, name, code, path, term_id, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
    )
    .bind(record.unit.id)
    .bind(record.unit.parent)
    .bind(record.unit.kind.name())
    .bind(&record.unit.name)
    .bind(&record.code)
    .bind(record.unit.path.as_str())
    .bind(record.term)
    .bind(now)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Writes what can change about a unit: all but its kind and its place.
pub async fn update(tx: &mut Tx, record: &UnitRecord) -> db::Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "UPDATE auth.units
         SET name = $2, code = $3, term_id = $4, archived_at = $5
         WHERE id = $1"
    )
    .bind(record.unit.id)
    .bind(&record.unit.name)
    .bind(&record.code)
    .bind(record.term)
    .bind(record.archived_at)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// How many units there are.
pub async fn count(conn: &mut Conn) -> db::Result<i64> {
    let count = db::on!(conn, c => sqlx::query_scalar("SELECT count(*) FROM auth.units").fetch_one(c).await)?;
    Ok(count)
}
