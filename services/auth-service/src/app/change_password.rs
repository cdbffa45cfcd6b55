//! A person chooses a new password.

use authz::Actor;
use foundation::{FieldProblem, Problem};

use crate::{
    AuthService,
    app::{me, password_pool::Checked, problems},
    domain::password::Password,
    store::{self, sessions::EndReason},
};

/// Changes the caller's password. Every other session of theirs ends.
///
/// # Errors
/// 401 when the session has ended, 403 when the current password is wrong, 422 for a new one that isn't good enough,
/// 429 when that is tried too often.
pub async fn change_password(
    service: &AuthService,
    actor: &Actor,
    current: Password,
    new: Password,
) -> Result<(), Problem> {
    let caller = me::signed_in(actor)?;
    service.limits.password.take(caller.account.uuid().as_bytes(), service.clock.now())?;
    let mut conn = service.db.read().await?;
    let account = me::load(service, &mut conn, caller).await?;
    drop(conn);

    if service.passwords.check(current.clone(), account.password_hash.as_deref()).await? == Checked::Wrong {
        problems::count_failure("wrong_current_password");
        return Err(Problem::new(
            403,
            "auth.current_password_wrong",
            "Your current password is another one.",
        )
        .with_errors(vec![FieldProblem::at(
            "current_password",
            "wrong",
            "Your current password is another one.",
        )]));
    }
    problems::check_new_password(&new, &account.names(), "new_password")?;
    if new == current {
        let same =
            FieldProblem::at("new_password", "same", "This is the password that you have. Choose another.");
        return Err(Problem::invalid("auth.password_weak", "Choose a password that is new.", vec![same]));
    }
    let hash = service.passwords.hash(new).await?;

    let now = service.clock.now();
    let mut tx = service.db.begin().await?;
    // A reset by an officer that came in between wins.
    let unchanged = store::accounts::find_for_update(&mut tx, account.id)
        .await?
        .is_some_and(|row| row.password_hash == account.password_hash && row.disabled_at.is_none());
    if !unchanged {
        return Err(problems::session_ended());
    }
    store::accounts::set_password(&mut tx, account.id, Some(&hash), false, now).await?;
    store::activation_codes::delete(&mut tx, account.id).await?;
    let reason = EndReason::CredentialsChanged;
    let ended = store::sessions::end_all(&mut tx, account.id, Some(caller.session), reason, now).await?;
    let subject = ("account", account.id.to_string());
    let detail = serde_json::json!({ "sessions_ended": ended });
    service.record(&mut tx, actor, "account.password_changed", subject, detail).await?;
    tx.commit().await?;
    Ok(())
}
