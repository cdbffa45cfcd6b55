//! Lifts the back-off of an account after wrong passwords.

use authz::{AccountId, Action, Actor};
use foundation::Problem;

use crate::{AuthService, app::accounts::load_to_act_on, store};

/// Forgets the failed sign-ins of an account, from every source.
///
/// # Errors
/// 403 and 404 as for every account.
pub async fn unlock_account(service: &AuthService, actor: &Actor, id: AccountId) -> Result<(), Problem> {
    let mut tx = service.db.begin().await?;
    let (account, _) = load_to_act_on(&mut tx, actor, Action::ResetPasswords, id).await?;
    let sources = store::failures::delete_all(&mut tx, &service.hashes.subject(&account.subject)).await?;
    let detail = serde_json::json!({ "sources": sources });
    service.record(&mut tx, actor, "account.unlocked", ("account", id.to_string()), detail).await?;
    tx.commit().await?;
    Ok(())
}
