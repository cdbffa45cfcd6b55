//! An officer gives a person a one-time code, with which they choose a new password: no e-mail needed.

use authz::{AccountId, Action, Actor};
use db::Tx;
use foundation::{Instant, Problem};

use crate::{
    AuthService,
    app::{accounts::load_to_act_on, problems},
    domain::code::Code,
    store::{self, sessions::EndReason},
};

/// How long an activation code is good.
pub const ACTIVATION_CODE_DAYS: i64 = 14;

/// A new activation code: shown this once.
#[derive(Clone, Debug)]
pub struct NewActivation {
    /// The code.
    pub code: Code,
    /// When it stops being good.
    pub expires_at: Instant,
}

/// Takes the person's password away, ends their sessions, and makes a code for a new one.
///
/// # Errors
/// 403 for an account that may do things which the actor may not, 404 for one that the actor may not know of, 409 for
/// one's own and for a disabled one.
pub async fn reset_password(
    service: &AuthService,
    actor: &Actor,
    id: AccountId,
) -> Result<NewActivation, Problem> {
    let now = service.clock.now();
    let mut tx = service.db.begin().await?;
    let (account, _) = load_to_act_on(&mut tx, actor, Action::ResetPasswords, id).await?;
    if actor.account() == Some(id) {
        return Err(Problem::conflict(
            "auth.own_account",
            "Change your own password under your name instead.",
        ));
    }
    if account.disabled_at.is_some() {
        return Err(Problem::conflict("auth.account_disabled", "This account is disabled. Enable it first."));
    }
    store::accounts::set_password(&mut tx, id, None, false, now).await?;
    let ended = store::sessions::end_all(&mut tx, id, None, EndReason::CredentialsChanged, now).await?;
    store::failures::delete_all(&mut tx, &service.hashes.subject(&account.subject)).await?;
    let activation = issue_activation_code(service, &mut tx, id).await?;
    let detail = serde_json::json!({ "sessions_ended": ended });
    service.record(&mut tx, actor, "account.password_reset", ("account", id.to_string()), detail).await?;
    tx.commit().await?;
    Ok(activation)
}

/// Gives an account a code; one that it had stops being good.
///
/// # Errors
/// When the database can't take it.
pub async fn issue_activation_code(
    service: &AuthService,
    tx: &mut Tx,
    id: AccountId,
) -> Result<NewActivation, Problem> {
    let now = service.clock.now();
    let code = Code::new(&*service.random);
    let expires_at = now + problems::days(ACTIVATION_CODE_DAYS);
    store::activation_codes::put(tx, id, &service.hashes.activation_code(&code), now, expires_at).await?;
    Ok(NewActivation { code, expires_at })
}
