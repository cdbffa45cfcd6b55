//! Where a person is signed in, and ending that.

use authz::{AccountId, Action, Actor, SessionId};
use foundation::Problem;

use crate::{
    AuthService,
    app::{
        accounts::{load_to_act_on, scope},
        me, problems,
    },
    store::{
        self,
        sessions::{EndReason, SessionRow},
    },
};

/// The caller's open sessions, last used first.
///
/// # Errors
/// 401 for nobody.
pub async fn own(service: &AuthService, actor: &Actor) -> Result<Vec<SessionRow>, Problem> {
    let caller = me::signed_in(actor)?;
    let mut conn = service.db.read().await?;
    me::load(service, &mut conn, caller).await?;
    Ok(store::sessions::open_of(&mut conn, caller.account, service.clock.now()).await?)
}

/// Ends one of the caller's sessions.
///
/// # Errors
/// 401 for nobody, 404 for a session that isn't theirs.
pub async fn revoke_own(service: &AuthService, actor: &Actor, id: SessionId) -> Result<(), Problem> {
    let caller = me::signed_in(actor)?;
    let mut tx = service.db.begin().await?;
    me::load(service, &mut tx, caller).await?;
    store::sessions::find(&mut tx, id)
        .await?
        .filter(|session| session.account_id == caller.account)
        .ok_or_else(|| Problem::not_found("auth.session_not_found", "You have no such session."))?;
    if store::sessions::end(&mut tx, id, EndReason::Revoked, service.clock.now()).await? {
        let detail = serde_json::json!({ "reason": EndReason::Revoked.name() });
        service.record(&mut tx, actor, "session.ended", ("session", id.to_string()), detail).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// An account's open sessions, for whoever manages it.
///
/// # Errors
/// 403 without the right, 404 for an account that the actor may not know of.
pub async fn of_account(
    service: &AuthService,
    actor: &Actor,
    id: AccountId,
) -> Result<Vec<SessionRow>, Problem> {
    let scope = scope(actor, Action::ManageAccounts)?;
    let mut conn = service.db.read().await?;
    if !store::people::is_visible(&mut conn, &scope, id).await? {
        return Err(problems::account_not_found());
    }
    Ok(store::sessions::open_of(&mut conn, id, service.clock.now()).await?)
}

/// Ends every session of an account; answers how many.
///
/// # Errors
/// 403 and 404 as for every account.
pub async fn revoke_all(service: &AuthService, actor: &Actor, id: AccountId) -> Result<u64, Problem> {
    let mut tx = service.db.begin().await?;
    load_to_act_on(&mut tx, actor, Action::ManageAccounts, id).await?;
    let ended = store::sessions::end_all(&mut tx, id, None, EndReason::Revoked, service.clock.now()).await?;
    let detail = serde_json::json!({ "sessions_ended": ended });
    service.record(&mut tx, actor, "account.sessions_ended", ("account", id.to_string()), detail).await?;
    tx.commit().await?;
    Ok(ended)
}
