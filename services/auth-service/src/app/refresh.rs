//! Carries a session on: a refresh token for its successor and a new access token.

use authz::Actor;
use db::Tx;
use foundation::Problem;

use crate::{
    AuthService,
    app::{
        hashes::{SALT_BYTES, Token},
        keyring::ACCESS_TOKEN_MINUTES,
        open_session::{SignedIn, actor_of},
        problems,
    },
    domain::refresh::{Renewal, expires_at},
    store::{
        self,
        sessions::{EndReason, PresentedToken},
    },
};

/// Carries a session on.
///
/// A token gives a successor once. The same token again gives the same successor for ten seconds, because two tabs that
/// renew at the same moment are no theft; after that it ends the session, because somebody has a copy.
///
/// # Errors
/// 401 when the session is over, the token was used before, or it isn't one.
pub async fn refresh(service: &AuthService, presented: Option<Token>) -> Result<SignedIn, Problem> {
    let Some(token) = presented else { return Err(problems::session_ended()) };
    let token_hash = service.hashes.refresh_token(&token);
    let now = service.clock.now();
    let mut tx = service.db.begin().await?;
    let Some(found) = store::sessions::find_token(&mut tx, &token_hash).await? else {
        return Err(problems::session_ended());
    };
    let successor = match found.presented.clone().renewal(now) {
        Renewal::Over => return Err(problems::session_ended()),
        Renewal::Reused => {
            end_family(service, tx, &found).await?;
            problems::count_failure("refresh_token_reused");
            return Err(problems::session_ended());
        }
        Renewal::Repeat(salt) => service.hashes.successor(&token, &salt),
        Renewal::Rotate => {
            let mut salt = [0; SALT_BYTES];
            service.random.fill(&mut salt);
            let successor = service.hashes.successor(&token, &salt);
            store::sessions::use_token(&mut tx, &token_hash, &salt, now).await?;
            let successor_hash = service.hashes.refresh_token(&successor);
            store::sessions::insert_token(&mut tx, &successor_hash, found.session, now).await?;
            let expires_at = expires_at(found.created_at, now);
            store::sessions::touch(&mut tx, found.session, now, expires_at).await?;
            successor
        }
    };
    let account = store::accounts::find(&mut tx, found.account).await?;
    let Some(account) = account.filter(|account| account.disabled_at.is_none()) else {
        return Err(problems::session_ended());
    };
    let grants = store::grants::of(&mut tx, account.id).await?;
    tx.commit().await?;

    Ok(SignedIn {
        access_token: service.keys.sign(actor_of(&account, found.session, &grants)).await?,
        expires_in_seconds: ACCESS_TOKEN_MINUTES * 60,
        refresh_token: successor,
        new_device: None,
        account,
        grants,
    })
}

async fn end_family(service: &AuthService, mut tx: Tx, found: &PresentedToken) -> Result<(), Problem> {
    store::sessions::end(&mut tx, found.session, EndReason::TokenReused, service.clock.now()).await?;
    let subject = ("session", found.session.to_string());
    let detail = serde_json::json!({ "account": found.account, "reason": EndReason::TokenReused.name() });
    service.record(&mut tx, &Actor::System("auth-service"), "session.ended", subject, detail).await?;
    tx.commit().await?;
    tracing::warn!(session = %found.session, "a refresh token was used twice: session ended");
    Ok(())
}
