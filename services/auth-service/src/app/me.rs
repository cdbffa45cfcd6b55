//! Who the caller is.

use authz::{AccountActor, Actor};
use db::Conn;
use foundation::Problem;

use crate::{
    AuthService,
    app::problems,
    domain::account::{Account, NamedGrant},
    store,
};

/// The caller's account and roles, as they are now.
///
/// # Errors
/// 401 for nobody, and for somebody whose session has ended since their token was made.
pub async fn me(service: &AuthService, actor: &Actor) -> Result<(Account, Vec<NamedGrant>), Problem> {
    let caller = signed_in(actor)?;
    let mut conn = service.db.read().await?;
    let account = load(service, &mut conn, caller).await?;
    let grants = store::grants::of(&mut conn, account.id).await?;
    Ok((account, grants))
}

/// The signed-in person behind the actor.
///
/// # Errors
/// 401 for anybody else.
pub fn signed_in(actor: &Actor) -> Result<&AccountActor, Problem> {
    match actor {
        Actor::Account(caller) => Ok(caller),
        _ => Err(Problem::unauthenticated("auth.sign_in_needed", "Sign in first.")),
    }
}

/// Loads the caller's own account, if their session still holds: an access token outlives it by minutes.
///
/// # Errors
/// 401 when it doesn't.
pub async fn load(service: &AuthService, conn: &mut Conn, caller: &AccountActor) -> Result<Account, Problem> {
    let session = store::sessions::find(conn, caller.session).await?;
    let holds = session.is_some_and(|session| {
        session.account_id == caller.account
            && session.ended_at.is_none()
            && service.clock.now() < session.expires_at
    });
    let account = if holds { store::accounts::find(conn, caller.account).await? } else { None };
    account.filter(|account| account.disabled_at.is_none()).ok_or_else(problems::session_ended)
}
