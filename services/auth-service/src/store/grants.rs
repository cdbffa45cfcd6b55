//! Roles of accounts, in units.

use authz::{AccountId, Grant, Role, UnitPath};
use db::{Conn, Tx};
use foundation::Instant;
use sqlx::{FromRow, QueryBuilder};

use crate::domain::account::NamedGrant;

#[derive(FromRow)]
struct Row {
    role: String,
    unit: String,
    unit_name: Option<String>,
}

/// The roles of an account, widest unit first.
pub async fn of(conn: &mut Conn, account: AccountId) -> db::Result<Vec<NamedGrant>> {
    let rows: Vec<Row> = db::on!(conn, c => sqlx::query_as(
        "SELECT g.role, g.unit, u.name AS unit_name
         FROM auth.grants g
         LEFT JOIN auth.units u ON u.path = g.unit
         WHERE g.account_id = $1
         ORDER BY g.unit, g.role"
    )
    .bind(account)
    .fetch_all(c)
    .await)?;
    rows.into_iter()
        .map(|row| {
            let role = Role::from_name(&row.role).ok_or_else(|| {
                db::Error::corrupt("auth.grants", "role", account, format!("{:?}", row.role))
            })?;
            let unit = super::path("auth.grants", "unit", account, row.unit)?;
            Ok(NamedGrant { grant: Grant { role, unit }, unit_name: row.unit_name })
        })
        .collect()
}

/// Gives a role; false when the account has it.
pub async fn insert(tx: &mut Tx, account: AccountId, grant: &Grant, now: Instant) -> db::Result<bool> {
    let rows = db::on!(&mut **tx, c => sqlx::query(
        "INSERT INTO auth.grants (account_id, role, unit, granted_at)
         VALUES ($1, $2, $3, $4)
         ON CONFLICT DO NOTHING"
    )
    .bind(account)
    .bind(grant.role.name())
    .bind(grant.unit.as_str())
    .bind(now)
    .execute(c)
    .await
    .map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}

/// Takes a role; false when the account doesn't have it.
pub async fn delete(tx: &mut Tx, account: AccountId, grant: &Grant) -> db::Result<bool> {
    let rows = db::on!(&mut **tx, c => sqlx::query(
        "DELETE FROM auth.grants WHERE account_id = $1 AND role = $2 AND unit = $3"
    )
    .bind(account)
    .bind(grant.role.name())
    .bind(grant.unit.as_str())
    .execute(c)
    .await
    .map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}

/// Administrators of the whole institution who can sign in, other than `account`. Locks their grants, so that two of
/// them can't take each other's role at the same moment.
pub async fn other_institution_admins(tx: &mut Tx, account: AccountId) -> db::Result<i64> {
    if let Conn::Postgres(conn) = &mut **tx {
        sqlx::query("LOCK TABLE auth.grants IN SHARE ROW EXCLUSIVE MODE").execute(&mut **conn).await?;
    }
    let count = db::on!(&mut **tx, c => sqlx::query_scalar(
        "SELECT count(*)
         FROM auth.grants g
         JOIN auth.accounts a ON a.id = g.account_id
         WHERE g.role = 'admin' AND g.unit = $1 AND g.account_id <> $2
           AND a.disabled_at IS NULL AND a.password_hash IS NOT NULL"
    )
    .bind(UnitPath::institution().as_str())
    .bind(account)
    .fetch_one(c)
    .await)?;
    Ok(count)
}

/// Makes candidates, in `unit`, of those of these accounts that are candidates nowhere.
pub async fn make_candidates(
    tx: &mut Tx,
    accounts: &[AccountId],
    unit: &UnitPath,
    now: Instant,
) -> db::Result<()> {
    for accounts in accounts.chunks(super::ROWS_A_STATEMENT) {
        db::on!(&mut **tx, c => {
            let mut query = QueryBuilder::new(
                "INSERT INTO auth.grants (account_id, role, unit, granted_at)
                 SELECT a.id, 'candidate', CAST(",
            );
            query.push_bind(unit.as_str().to_owned()).push(" AS text), CAST(").push_bind(now).push(" AS bigint)");
            query.push(" FROM auth.accounts a WHERE a.id IN (");
            let mut list = query.separated(", ");
            for account in accounts {
                list.push_bind(*account);
            }
            query.push(
                ") AND NOT EXISTS (SELECT 1 FROM auth.grants g WHERE g.account_id = a.id AND g.role = 'candidate')",
            );
            query.build().execute(c).await.map(|_| ())
        })?;
    }
    Ok(())
}
