//! Closes an account, and opens it again.

use auth_api::{ACCOUNT_DISABLED, AccountDisabled};
use authz::{AccountId, Action, Actor};
use foundation::Problem;

use crate::{
    AuthService,
    app::{
        accounts::{AccountWithRoles, load_to_act_on, with_roles},
        grant_role::keep_an_admin,
    },
    domain::{fold::fold, rank::is_institution_admin},
    store::{self, sessions::EndReason},
};

/// Closes (or opens) an account: nobody signs in or checks in, and its sessions end. Doing it twice changes nothing.
///
/// # Errors
/// 403 and 404 as for every account, 409 for one's own and for the last administrator's.
pub async fn set_disabled(
    service: &AuthService,
    actor: &Actor,
    id: AccountId,
    disabled: bool,
) -> Result<AccountWithRoles, Problem> {
    let now = service.clock.now();
    let mut tx = service.db.begin().await?;
    let (mut account, grants) = load_to_act_on(&mut tx, actor, Action::ManageAccounts, id).await?;
    if account.disabled_at.is_some() == disabled {
        return with_roles(&mut tx, account).await;
    }
    if disabled && actor.account() == Some(id) {
        return Err(Problem::conflict(
            "auth.own_account",
            "You can't disable your own account. Ask a colleague.",
        ));
    }
    if disabled && grants.iter().any(is_institution_admin) {
        keep_an_admin(&mut tx, id).await?;
    }
    account.disabled_at = disabled.then_some(now);
    account.updated_at = now;
    store::accounts::update(&mut tx, &account, account.number.as_deref().map(fold)).await?;
    let subject = ("account", id.to_string());
    if disabled {
        let ended = store::sessions::end_all(&mut tx, id, None, EndReason::CredentialsChanged, now).await?;
        let detail = serde_json::json!({ "sessions_ended": ended });
        service.record(&mut tx, actor, "account.disabled", subject, detail).await?;
        service.publish(&mut tx, ACCOUNT_DISABLED, &AccountDisabled { account: id }).await?;
    } else {
        service.record(&mut tx, actor, "account.enabled", subject, serde_json::json!({})).await?;
    }
    let account = with_roles(&mut tx, account).await?;
    tx.commit().await?;
    Ok(account)
}
