//! Ends the session that a refresh token belongs to.

use authz::{AccountActor, Actor};
use foundation::Problem;

use crate::{
    AuthService,
    app::hashes::Token,
    store::{self, sessions::EndReason},
};

/// Ends the session. Signing out of what is over already is fine.
///
/// # Errors
/// 503 when storage can't take it.
pub async fn sign_out(service: &AuthService, presented: Option<Token>) -> Result<(), Problem> {
    let Some(token) = presented else { return Ok(()) };
    let mut tx = service.db.begin().await?;
    let found = store::sessions::find_token(&mut tx, &service.hashes.refresh_token(&token)).await?;
    let Some(found) = found else { return Ok(()) };
    if store::sessions::end(&mut tx, found.session, EndReason::SignedOut, service.clock.now()).await? {
        let actor = AccountActor { account: found.account, session: found.session, grants: Vec::new() };
        let detail = serde_json::json!({ "reason": EndReason::SignedOut.name() });
        let subject = ("session", found.session.to_string());
        service.record(&mut tx, &Actor::Account(actor), "session.ended", subject, detail).await?;
    }
    tx.commit().await?;
    Ok(())
}
