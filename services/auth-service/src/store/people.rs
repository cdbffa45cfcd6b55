//! People in lists: searched, found by id, found and made by number.

use std::collections::HashMap;

use auth_api::Person;
use authz::{AccountId, UnitPath};
use db::{Conn, Tx};
use foundation::{Instant, PageQuery};
use sqlx::{Database, Encode, FromRow, QueryBuilder, Type};

use super::{ROWS_A_STATEMENT, accounts, scope::Scope};
use crate::domain::{
    account::{Account, LOCAL_ISSUER, search_text},
    fold::search_patterns,
};

/// What a list of accounts shows.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Words that all occur in the user name, number, name or e-mail address.
    pub words: Option<String>,
    /// Only people who belong to this unit or one below: by home, membership or role.
    pub unit: Option<UnitPath>,
    /// Only these people.
    pub ids: Option<Vec<AccountId>>,
    /// Only people with this role anywhere.
    pub role: Option<&'static str>,
}

/// A page of accounts within `scope`, in the order of the user name, and one more.
pub async fn list(
    conn: &mut Conn,
    scope: &Scope,
    filter: &Filter,
    page: &PageQuery,
) -> db::Result<Vec<Account>> {
    let after = page.after.as_deref().and_then(|id| id.parse::<AccountId>().ok());
    let rows: Vec<accounts::Row> = db::on!(conn, c => {
        let mut query = QueryBuilder::new(
            "SELECT a.id, a.username, a.subject, a.display_name, a.number, a.email, a.home, a.password_hash,
                    a.must_change_password, a.disabled_at, a.created_at, a.updated_at
             FROM auth.accounts a
             WHERE ",
        );
        scope.push_account(&mut query);
        push_filter(&mut query, filter);
        if let Some(after) = after {
            query.push(" AND (a.subject, a.id) > (SELECT b.subject, b.id FROM auth.accounts b WHERE b.id = ");
            query.push_bind(after).push(")");
        }
        query.push(" ORDER BY a.subject, a.id LIMIT ").push_bind(page.limit() + 1);
        query.build_query_as().fetch_all(c).await
    })?;
    rows.into_iter().map(Account::try_from).collect()
}

fn push_filter<DB>(query: &mut QueryBuilder<DB>, filter: &Filter)
where
    DB: Database,
    for<'q> String: Encode<'q, DB> + Type<DB>,
    for<'q> uuid::Uuid: Encode<'q, DB> + Type<DB>,
{
    for pattern in filter.words.as_deref().map(search_patterns).unwrap_or_default() {
        query.push(" AND a.search_text LIKE ").push_bind(pattern).push(" ESCAPE '\\'");
    }
    if let Some(unit) = &filter.unit {
        query.push(" AND ");
        Scope::Below(vec![unit.clone()]).push_account(query);
    }
    if let Some(ids) = &filter.ids {
        query.push(" AND a.id IN (");
        let mut list = query.separated(", ");
        for id in ids {
            list.push_bind(*id);
        }
        query.push(")");
    }
    if let Some(role) = filter.role {
        query.push(" AND EXISTS (SELECT 1 FROM auth.grants r WHERE r.account_id = a.id AND r.role = ");
        query.push_bind(role.to_owned()).push(")");
    }
}

/// Whether `scope` shows this account.
pub async fn is_visible(conn: &mut Conn, scope: &Scope, id: AccountId) -> db::Result<bool> {
    let seen: Option<AccountId> = db::on!(conn, c => {
        let mut query = QueryBuilder::new("SELECT a.id FROM auth.accounts a WHERE a.id = ");
        query.push_bind(id).push(" AND ");
        scope.push_account(&mut query);
        query.build_query_scalar().fetch_optional(c).await
    })?;
    Ok(seen.is_some())
}

#[derive(FromRow)]
struct PersonRow {
    id: AccountId,
    number: Option<String>,
    display_name: String,
}

/// The people of these ids that exist.
pub async fn by_ids(conn: &mut Conn, ids: &[AccountId]) -> db::Result<Vec<Person>> {
    let mut people = Vec::with_capacity(ids.len());
    for ids in ids.chunks(ROWS_A_STATEMENT) {
        let rows: Vec<PersonRow> = db::on!(&mut *conn, c => {
            let mut query =
                QueryBuilder::new("SELECT id, number, display_name FROM auth.accounts WHERE id IN (");
            let mut list = query.separated(", ");
            for id in ids {
                list.push_bind(*id);
            }
            query.push(")");
            query.build_query_as().fetch_all(c).await
        })?;
        people.extend(rows.into_iter().map(|row| Person {
            id: row.id,
            number: row.number,
            display_name: row.display_name,
        }));
    }
    Ok(people)
}

/// A person whom a roster's number or user name may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The account.
    pub id: AccountId,
    /// Its name.
    pub display_name: String,
    /// Whether nobody can sign in to it.
    pub disabled: bool,
}

#[derive(FromRow)]
struct KnownRow {
    key: String,
    id: AccountId,
    display_name: String,
    disabled_at: Option<Instant>,
}

/// The people with these folded numbers, by number.
pub async fn by_number_keys(conn: &mut Conn, keys: &[String]) -> db::Result<HashMap<String, Known>> {
    by_keys(
        conn,
        keys,
        "SELECT number_key AS key, id, display_name, disabled_at FROM auth.accounts WHERE number_key IN (",
    )
    .await
}

/// The people with these folded user names, by user name.
pub async fn by_subjects(conn: &mut Conn, subjects: &[String]) -> db::Result<HashMap<String, Known>> {
    by_keys(
        conn,
        subjects,
        "SELECT subject AS key, id, display_name, disabled_at FROM auth.accounts WHERE issuer = 'local' AND subject IN (",
    )
    .await
}

async fn by_keys(
    conn: &mut Conn,
    keys: &[String],
    select: &'static str,
) -> db::Result<HashMap<String, Known>> {
    let mut known = HashMap::with_capacity(keys.len());
    for keys in keys.chunks(ROWS_A_STATEMENT) {
        let rows: Vec<KnownRow> = db::on!(&mut *conn, c => {
            let mut query = QueryBuilder::new(select);
            let mut list = query.separated(", ");
            for key in keys {
                list.push_bind(key.clone());
            }
            query.push(")");
            query.build_query_as().fetch_all(c).await
        })?;
        known.extend(rows.into_iter().map(|row| {
            let disabled = row.disabled_at.is_some();
            (row.key, Known { id: row.id, display_name: row.display_name, disabled })
        }));
    }
    Ok(known)
}

/// A candidate whom a roster brings for the first time.
#[derive(Clone, Debug)]
pub struct NewCandidate {
    /// The account's id.
    pub id: AccountId,
    /// The number, which is also the user name.
    pub number: String,
    /// The number, folded.
    pub number_key: String,
    /// The name.
    pub display_name: String,
    /// The e-mail address.
    pub email: Option<String>,
}

/// Adds candidates, without passwords, at home in `home`, with the candidate's role there.
///
/// # Errors
/// [`db::Error::Exists`] when a number or user name is taken.
pub async fn insert_candidates(
    tx: &mut Tx,
    home: &UnitPath,
    candidates: &[NewCandidate],
    now: Instant,
) -> db::Result<()> {
    for candidates in candidates.chunks(ROWS_A_STATEMENT) {
        db::on!(&mut **tx, c => {
            let mut query = QueryBuilder::new(
                "INSERT INTO auth.accounts
                     (id, issuer, subject, username, display_name, number, number_key, email, home,
                      must_change_password, search_text, created_at, updated_at) ",
            );
            query.push_values(candidates, |mut row, new| {
                row.push_bind(new.id)
                    .push_bind(LOCAL_ISSUER)
                    .push_bind(&new.number_key)
                    .push_bind(&new.number)
                    .push_bind(&new.display_name)
                    .push_bind(&new.number)
                    .push_bind(&new.number_key)
                    .push_bind(&new.email)
                    .push_bind(home.as_str())
                    .push_bind(false)
                    .push_bind(search_text(&new.number, &new.display_name, None, new.email.as_deref()))
                    .push_bind(now)
                    .push_bind(now);
            });
            query.build().execute(&mut *c).await.map(|_| ())
        })?;
        db::on!(&mut **tx, c => {
            let mut query = QueryBuilder::new("INSERT INTO auth.grants (account_id, role, unit, granted_at) ");
            query.push_values(candidates, |mut row, new| {
                row.push_bind(new.id).push_bind("candidate").push_bind(home.as_str()).push_bind(now);
            });
            query.build().execute(&mut *c).await.map(|_| ())
        })?;
    }
    Ok(())
}
