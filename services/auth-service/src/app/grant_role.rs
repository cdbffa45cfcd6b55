//! Gives a role in a unit, and takes it.

use authz::{AccountId, Action, Actor, Grant, authorize};
use db::Tx;
use foundation::Problem;

use crate::{
    AuthService,
    app::{
        accounts::{AccountWithRoles, scope, with_roles},
        create_account::{check_unit, too_many_roles},
        problems,
    },
    domain::{account::GRANTS_MAX, rank::is_institution_admin},
    store,
};

/// Gives an account a role. It holds from the next renewal of the person's access token. Giving it twice changes
/// nothing.
///
/// # Errors
/// 403 without the right in the unit, 404 for an account or unit that the actor may not know of, 422 for too many.
pub async fn grant_role(
    service: &AuthService,
    actor: &Actor,
    id: AccountId,
    grant: &Grant,
) -> Result<AccountWithRoles, Problem> {
    authorize(actor, Action::ManageAccounts, &grant.unit)?;
    let mut tx = service.db.begin().await?;
    check_unit(&mut tx, &grant.unit).await?;
    // A person of another faculty may get a role in the actor's own: whoever may name them may give it.
    let account =
        store::accounts::find_for_update(&mut tx, id).await?.ok_or_else(problems::account_not_found)?;
    if !store::people::is_visible(&mut tx, &scope(actor, Action::ManageAccounts)?, id).await? {
        return Err(problems::account_not_found());
    }
    if store::grants::of(&mut tx, id).await?.len() >= GRANTS_MAX {
        return Err(too_many_roles());
    }
    if store::grants::insert(&mut tx, id, grant, service.clock.now()).await? {
        record(service, &mut tx, actor, "role.granted", id, grant).await?;
    }
    let account = with_roles(&mut tx, account).await?;
    tx.commit().await?;
    Ok(account)
}

/// Takes a role from an account; its access tokens carry it for at most ten minutes more. Taking it twice changes
/// nothing.
///
/// # Errors
/// 403 and 404 as for giving, 409 for the last administrator.
pub async fn revoke_role(
    service: &AuthService,
    actor: &Actor,
    id: AccountId,
    grant: &Grant,
) -> Result<AccountWithRoles, Problem> {
    authorize(actor, Action::ManageAccounts, &grant.unit)?;
    let mut tx = service.db.begin().await?;
    let account =
        store::accounts::find_for_update(&mut tx, id).await?.ok_or_else(problems::account_not_found)?;
    if !store::people::is_visible(&mut tx, &scope(actor, Action::ManageAccounts)?, id).await? {
        return Err(problems::account_not_found());
    }
    if is_institution_admin(grant) {
        keep_an_admin(&mut tx, id).await?;
    }
    if store::grants::delete(&mut tx, id, grant).await? {
        record(service, &mut tx, actor, "role.revoked", id, grant).await?;
    }
    let account = with_roles(&mut tx, account).await?;
    tx.commit().await?;
    Ok(account)
}

/// Refuses to leave the institution without an administrator who can sign in.
///
/// # Errors
/// 409 when `account` is the last one.
pub async fn keep_an_admin(tx: &mut Tx, account: AccountId) -> Result<(), Problem> {
    if store::grants::other_institution_admins(tx, account).await? == 0 {
        return Err(Problem::conflict(
            "auth.last_admin",
            "This is the last administrator of the institution. Make another one first.",
        ));
    }
    Ok(())
}

async fn record(
    service: &AuthService,
    tx: &mut Tx,
    actor: &Actor,
    action: &'static str,
    id: AccountId,
    grant: &Grant,
) -> db::Result<()> {
    let detail = serde_json::json!({ "role": grant.role, "unit": grant.unit });
    service.record(tx, actor, action, ("account", id.to_string()), detail).await
}
