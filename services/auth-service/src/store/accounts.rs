//! Accounts: one person each.

use authz::AccountId;
use db::{Conn, Tx};
use foundation::Instant;
use sqlx::FromRow;

use crate::domain::account::{Account, LOCAL_ISSUER, search_text};

#[derive(FromRow)]
pub(super) struct Row {
    id: AccountId,
    username: String,
    subject: String,
    display_name: String,
    number: Option<String>,
    email: Option<String>,
    home: String,
    password_hash: Option<String>,
    must_change_password: bool,
    disabled_at: Option<Instant>,
    created_at: Instant,
    updated_at: Instant,
}

impl TryFrom<Row> for Account {
    type Error = db::Error;
    fn try_from(row: Row) -> db::Result<Self> {
        Ok(Self {
            id: row.id,
            username: row.username,
            subject: row.subject,
            display_name: row.display_name,
            number: row.number,
            email: row.email,
            home: super::path("auth.accounts", "home", row.id, row.home)?,
            password_hash: row.password_hash,
            must_change_password: row.must_change_password,
            disabled_at: row.disabled_at,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    }
}

/// The account of this id.
pub async fn find(conn: &mut Conn, id: AccountId) -> db::Result<Option<Account>> {
    let row = db::on!(conn, c => sqlx::query_as::<_, Row>(
        "SELECT id, username, subject, display_name, number, email, home, password_hash, must_change_password,
                disabled_at, created_at, updated_at
         FROM auth.accounts
         WHERE id = $1"
    )
    .bind(id)
    .fetch_optional(c)
    .await)?;
    row.map(Account::try_from).transpose()
}

/// The account of this id; on PostgreSQL its row stays locked until the transaction ends, so that what was decided by
/// it still holds when it is written.
pub async fn find_for_update(tx: &mut Tx, id: AccountId) -> db::Result<Option<Account>> {
    if let Conn::Postgres(conn) = &mut **tx {
        sqlx::query("SELECT 1 FROM auth.accounts WHERE id = $1 FOR UPDATE")
            .bind(id)
            .fetch_optional(&mut **conn)
            .await?;
    }
    find(tx, id).await
}

/// The account that is signed in to here with this folded user name.
pub async fn find_by_subject(conn: &mut Conn, subject: &str) -> db::Result<Option<Account>> {
    let row = db::on!(conn, c => sqlx::query_as::<_, Row>(
        "SELECT id, username, subject, display_name, number, email, home, password_hash, must_change_password,
                disabled_at, created_at, updated_at
         FROM auth.accounts
         WHERE issuer = $1 AND subject = $2"
    )
    .bind(LOCAL_ISSUER)
    .bind(subject)
    .fetch_optional(c)
    .await)?;
    row.map(Account::try_from).transpose()
}

/// Adds an account.
///
/// # Errors
/// [`db::Error::Exists`] when the user name or the number is taken.
pub async fn insert(tx: &mut Tx, account: &Account, number_key: Option<String>) -> db::Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "INSERT INTO auth.accounts
             (id, issuer, subject, username, display_name, number, number_key, email, home, password_hash,
              must_change_password, disabled_at, search_text, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"
    )
    .bind(account.id)
    .bind(LOCAL_ISSUER)
    .bind(&account.subject)
    .bind(&account.username)
    .bind(&account.display_name)
    .bind(&account.number)
    .bind(number_key)
    .bind(&account.email)
    .bind(account.home.as_str())
    .bind(&account.password_hash)
    .bind(account.must_change_password)
    .bind(account.disabled_at)
    .bind(search_text(
        &account.username,
        &account.display_name,
        account.number.as_deref(),
        account.email.as_deref(),
    ))
    .bind(account.created_at)
    .bind(account.updated_at)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Writes everything about an account that can change.
///
/// # Errors
/// [`db::Error::Exists`] when the number is taken.
pub async fn update(tx: &mut Tx, account: &Account, number_key: Option<String>) -> db::Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "UPDATE auth.accounts
         SET display_name = $2, number = $3, number_key = $4, email = $5, home = $6, disabled_at = $7,
             search_text = $8, updated_at = $9
         WHERE id = $1"
    )
    .bind(account.id)
    .bind(&account.display_name)
    .bind(&account.number)
    .bind(number_key)
    .bind(&account.email)
    .bind(account.home.as_str())
    .bind(account.disabled_at)
    .bind(search_text(
        &account.username,
        &account.display_name,
        account.number.as_deref(),
        account.email.as_deref(),
    ))
    .bind(account.updated_at)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Sets the password's hash (none: only an activation code helps), and whether a new one must be chosen.
pub async fn set_password(
    tx: &mut Tx,
    id: AccountId,
    password_hash: Option<&str>,
    must_change: bool,
    now: Instant,
) -> db::Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "UPDATE auth.accounts
         SET password_hash = $2, must_change_password = $3, updated_at = $4
         WHERE id = $1"
    )
    .bind(id)
    .bind(password_hash)
    .bind(must_change)
    .bind(now)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Replaces a hash by one of the same password at today's cost, unless the password was changed meanwhile.
pub async fn rehash(tx: &mut Tx, id: AccountId, old: &str, new: &str) -> db::Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "UPDATE auth.accounts SET password_hash = $3 WHERE id = $1 AND password_hash = $2"
    )
    .bind(id)
    .bind(old)
    .bind(new)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}
