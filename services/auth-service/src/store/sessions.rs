//! Sessions, and the refresh tokens that carry them on.

use authz::{AccountId, SessionId};
use db::{Conn, Tx};
use foundation::Instant;
use sqlx::FromRow;

use crate::domain::refresh::Presented;

/// Why a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndReason {
    /// The person signed out.
    SignedOut,
    /// The person, or an administrator, ended it from a list.
    Revoked,
    /// A refresh token was used twice.
    TokenReused,
    /// The password was changed or reset, or the account disabled.
    CredentialsChanged,
    /// The account had too many sessions.
    TooMany,
}

impl EndReason {
    /// As stored.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SignedOut => "signed_out",
            Self::Revoked => "revoked",
            Self::TokenReused => "token_reused",
            Self::CredentialsChanged => "credentials_changed",
            Self::TooMany => "too_many",
        }
    }
}

/// A session.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct SessionRow {
    /// Its id.
    pub id: SessionId,
    /// Whose.
    pub account_id: AccountId,
    /// What the browser says it is.
    pub user_agent: String,
    /// When the person signed in.
    pub created_at: Instant,
    /// When it was last carried on.
    pub last_used_at: Instant,
    /// When it ends by itself.
    pub expires_at: Instant,
    /// When it was ended.
    pub ended_at: Option<Instant>,
}

/// Adds a session.
pub async fn insert(tx: &mut Tx, session: &SessionRow) -> db::Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "INSERT INTO auth.sessions (id, account_id, user_agent, created_at, last_used_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6)"
    )
    .bind(session.id)
    .bind(session.account_id)
    .bind(&session.user_agent)
    .bind(session.created_at)
    .bind(session.last_used_at)
    .bind(session.expires_at)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// The session of this id.
pub async fn find(conn: &mut Conn, id: SessionId) -> db::Result<Option<SessionRow>> {
    let row = db::on!(conn, c => sqlx::query_as(
        "SELECT id, account_id, user_agent, created_at, last_used_at, expires_at, ended_at
         FROM auth.sessions
         WHERE id = $1"
    )
    .bind(id)
    .fetch_optional(c)
    .await)?;
    Ok(row)
}

/// The sessions of an account that are open, last used first.
pub async fn open_of(conn: &mut Conn, account: AccountId, now: Instant) -> db::Result<Vec<SessionRow>> {
    let rows = db::on!(conn, c => sqlx::query_as(
        "SELECT id, account_id, user_agent, created_at, last_used_at, expires_at, ended_at
         FROM auth.sessions
         WHERE account_id = $1 AND ended_at IS NULL AND expires_at > $2
         ORDER BY last_used_at DESC, id DESC"
    )
    .bind(account)
    .bind(now)
    .fetch_all(c)
    .await)?;
    Ok(rows)
}

/// Notes that a session was carried on.
pub async fn touch(tx: &mut Tx, id: SessionId, now: Instant, expires_at: Instant) -> db::Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "UPDATE auth.sessions SET last_used_at = $2, expires_at = $3 WHERE id = $1"
    )
    .bind(id)
    .bind(now)
    .bind(expires_at)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Ends a session; false when it had ended.
pub async fn end(tx: &mut Tx, id: SessionId, reason: EndReason, now: Instant) -> db::Result<bool> {
    let rows = db::on!(&mut **tx, c => sqlx::query(
        "UPDATE auth.sessions SET ended_at = $2, end_reason = $3 WHERE id = $1 AND ended_at IS NULL"
    )
    .bind(id)
    .bind(now)
    .bind(reason.name())
    .execute(c)
    .await
    .map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}

/// Ends every session of an account but `keep`; answers how many.
pub async fn end_all(
    tx: &mut Tx,
    account: AccountId,
    keep: Option<SessionId>,
    reason: EndReason,
    now: Instant,
) -> db::Result<u64> {
    let keep = keep.map_or(uuid::Uuid::nil(), SessionId::uuid);
    let rows = db::on!(&mut **tx, c => sqlx::query(
        "UPDATE auth.sessions
         SET ended_at = $3, end_reason = $4
         WHERE account_id = $1 AND id <> $2 AND ended_at IS NULL"
    )
    .bind(account)
    .bind(keep)
    .bind(now)
    .bind(reason.name())
    .execute(c)
    .await
    .map(|done| done.rows_affected()))?;
    Ok(rows)
}

/// Ends the sessions of an account beyond the `keep` that were used last.
pub async fn end_beyond(tx: &mut Tx, account: AccountId, keep: i64, now: Instant) -> db::Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "UPDATE auth.sessions
         SET ended_at = $3, end_reason = $4
         WHERE account_id = $1 AND ended_at IS NULL
           AND id NOT IN (SELECT id
                          FROM auth.sessions
                          WHERE account_id = $1 AND ended_at IS NULL
                          ORDER BY last_used_at DESC, id DESC
                          LIMIT $2)"
    )
    .bind(account)
    .bind(keep)
    .bind(now)
    .bind(EndReason::TooMany.name())
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Adds a refresh token.
pub async fn insert_token(
    tx: &mut Tx,
    token_hash: &[u8],
    session: SessionId,
    now: Instant,
) -> db::Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "INSERT INTO auth.refresh_tokens (token_hash, session_id, issued_at) VALUES ($1, $2, $3)"
    )
    .bind(token_hash)
    .bind(session)
    .bind(now)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Marks a token as used, with its successor's salt; false when it was used already.
pub async fn use_token(tx: &mut Tx, token_hash: &[u8], salt: &[u8], now: Instant) -> db::Result<bool> {
    let rows = db::on!(&mut **tx, c => sqlx::query(
        "UPDATE auth.refresh_tokens
         SET used_at = $2, successor_salt = $3
         WHERE token_hash = $1 AND used_at IS NULL"
    )
    .bind(token_hash)
    .bind(now)
    .bind(salt)
    .execute(c)
    .await
    .map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}

#[derive(FromRow)]
struct PresentedRow {
    session_id: SessionId,
    account_id: AccountId,
    created_at: Instant,
    expires_at: Instant,
    ended_at: Option<Instant>,
    used_at: Option<Instant>,
    successor_salt: Option<Vec<u8>>,
}

/// A presented refresh token, and the session that it carries on.
#[derive(Clone, Debug)]
pub struct PresentedToken {
    /// The session.
    pub session: SessionId,
    /// Whose.
    pub account: AccountId,
    /// When the person signed in.
    pub created_at: Instant,
    /// What the rules ask.
    pub presented: Presented,
}

/// The token of this hash. In a transaction on PostgreSQL its session is locked, so that two renewals don't cross.
pub async fn find_token(tx: &mut Tx, token_hash: &[u8]) -> db::Result<Option<PresentedToken>> {
    if let Conn::Postgres(conn) = &mut **tx {
        sqlx::query(
            "SELECT 1
             FROM auth.sessions s
             JOIN auth.refresh_tokens t ON t.session_id = s.id
             WHERE t.token_hash = $1
             FOR UPDATE OF s",
        )
        .bind(token_hash)
        .fetch_optional(&mut **conn)
        .await?;
    }
    let row: Option<PresentedRow> = db::on!(&mut **tx, c => sqlx::query_as(
        "SELECT t.session_id, s.account_id, s.created_at, s.expires_at, s.ended_at, t.used_at, t.successor_salt
         FROM auth.refresh_tokens t
         JOIN auth.sessions s ON s.id = t.session_id
         WHERE t.token_hash = $1"
    )
    .bind(token_hash)
    .fetch_optional(c)
    .await)?;
    Ok(row.map(|row| PresentedToken {
        session: row.session_id,
        account: row.account_id,
        created_at: row.created_at,
        presented: Presented {
            ended: row.ended_at.is_some(),
            expires_at: row.expires_at,
            used: row.used_at.map(|at| (at, row.successor_salt.unwrap_or_default())),
        },
    }))
}

/// Deletes sessions that were over before `before`, with their tokens; answers how many sessions.
pub async fn prune(tx: &mut Tx, before: Instant) -> db::Result<u64> {
    let rows = db::on!(&mut **tx, c => sqlx::query(
        "DELETE FROM auth.sessions WHERE expires_at < $1 OR ended_at < $1"
    )
    .bind(before)
    .execute(c)
    .await
    .map(|done| done.rows_affected()))?;
    Ok(rows)
}
