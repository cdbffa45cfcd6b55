//! Who belongs to a unit, beside their home.

use auth_api::Person;
use authz::{AccountId, UnitId};
use db::{Conn, Tx};
use foundation::{Instant, PageQuery};
use sqlx::{FromRow, QueryBuilder};

use super::ROWS_A_STATEMENT;

/// Adds members; who is one already stays one.
pub async fn insert(tx: &mut Tx, members: &[(UnitId, AccountId)], now: Instant) -> db::Result<u64> {
    let mut added = 0;
    for members in members.chunks(ROWS_A_STATEMENT) {
        added += db::on!(&mut **tx, c => {
            let mut query = QueryBuilder::new("INSERT INTO auth.members (unit_id, account_id, added_at) ");
            query.push_values(members, |mut row, (unit, account)| {
                row.push_bind(*unit).push_bind(*account).push_bind(now);
            });
            query.push(" ON CONFLICT DO NOTHING");
            query.build().execute(c).await.map(|done| done.rows_affected())
        })?;
    }
    Ok(added)
}

/// Removes a member; false when they weren't one.
pub async fn delete(tx: &mut Tx, unit: UnitId, account: AccountId) -> db::Result<bool> {
    let rows = db::on!(&mut **tx, c => sqlx::query(
        "DELETE FROM auth.members WHERE unit_id = $1 AND account_id = $2"
    )
    .bind(unit)
    .bind(account)
    .execute(c)
    .await
    .map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}

#[derive(FromRow)]
struct Row {
    id: AccountId,
    number: Option<String>,
    display_name: String,
}

/// A page of a unit's members, in the order of the user name, and one more.
pub async fn list(conn: &mut Conn, unit: UnitId, page: &PageQuery) -> db::Result<Vec<Person>> {
    let after = page.after.as_deref().and_then(|id| id.parse::<AccountId>().ok());
    let rows: Vec<Row> = db::on!(conn, c => {
        let mut query = QueryBuilder::new(
            "SELECT a.id, a.number, a.display_name
             FROM auth.members m
             JOIN auth.accounts a ON a.id = m.account_id
             WHERE m.unit_id = ",
        );
        query.push_bind(unit);
        if let Some(after) = after {
            query.push(" AND (a.subject, a.id) > (SELECT b.subject, b.id FROM auth.accounts b WHERE b.id = ");
            query.push_bind(after).push(")");
        }
        query.push(" ORDER BY a.subject, a.id LIMIT ").push_bind(page.limit() + 1);
        query.build_query_as().fetch_all(c).await
    })?;
    let person = |row: Row| Person { id: row.id, number: row.number, display_name: row.display_name };
    Ok(rows.into_iter().map(person).collect())
}
