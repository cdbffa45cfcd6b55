//! Opens a session for somebody who has proved who they are.

use authz::{AccountActor, Actor, Grant};
use db::Tx;
use foundation::Problem;

use crate::{
    AuthService,
    app::{hashes::Token, keyring::ACCESS_TOKEN_MINUTES},
    domain::{
        account::{Account, NamedGrant},
        refresh,
    },
    store::{self, sessions::SessionRow},
};

/// Sessions of one account at a time; the ones that were used longest ago end.
pub const SESSIONS_MAX: i64 = 20;
/// The longest name of a browser that is kept.
pub const USER_AGENT_CHARACTERS_MAX: usize = 200;

/// The browser that somebody signs in with.
#[derive(Clone, Debug)]
pub struct Browser {
    /// Its address, as limits and back-off tell sources apart.
    pub address: String,
    /// The device's name that it brought.
    pub device: Option<Token>,
    /// What it says it is.
    pub user_agent: String,
}

/// Somebody who is signed in now.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Goes into the `Authorization` header.
    pub access_token: String,
    /// How long that is good.
    pub expires_in_seconds: i64,
    /// Goes into a cookie.
    pub refresh_token: Token,
    /// A name for the device, if it needs a new one; goes into a cookie.
    pub new_device: Option<Token>,
    /// Who it is.
    pub account: Account,
    /// Their roles.
    pub grants: Vec<NamedGrant>,
}

/// Who the account is as an actor. Somebody who must choose a new password has no roles until then.
pub fn actor_of(account: &Account, session: authz::SessionId, grants: &[NamedGrant]) -> AccountActor {
    let grants: Vec<Grant> = if account.must_change_password {
        Vec::new()
    } else {
        grants.iter().map(|named| named.grant.clone()).collect()
    };
    AccountActor { account: account.id, session, grants }
}

/// Opens a session in the transaction of what proved who it is; [`finish`] signs the token after the commit.
pub async fn open(
    service: &AuthService,
    tx: &mut Tx,
    account: Account,
    browser: &Browser,
    how: &'static str,
) -> Result<Opened, Problem> {
    let now = service.clock.now();
    let session = SessionRow {
        id: service.id(),
        account_id: account.id,
        user_agent: browser.user_agent.clone(),
        created_at: now,
        last_used_at: now,
        expires_at: refresh::expires_at(now, now),
        ended_at: None,
    };
    store::sessions::insert(tx, &session).await?;
    store::sessions::end_beyond(tx, account.id, SESSIONS_MAX, now).await?;
    let refresh_token = Token::new(&*service.random);
    store::sessions::insert_token(tx, &service.hashes.refresh_token(&refresh_token), session.id, now).await?;

    // A name that we don't know came from somewhere else: the browser gets one of ours.
    let known = match &browser.device {
        Some(device) => !store::devices::accounts_on(tx, &service.hashes.device(device)).await?.is_empty(),
        None => false,
    };
    let new_device = if known { None } else { Some(Token::new(&*service.random)) };
    if let Some(device) = new_device.as_ref().or(browser.device.as_ref()) {
        store::devices::note(tx, &service.hashes.device(device), account.id, now).await?;
    }
    let grants = store::grants::of(tx, account.id).await?;
    let actor = actor_of(&account, session.id, &grants);
    service
        .record(
            tx,
            &Actor::Account(actor.clone()),
            "session.opened",
            ("session", session.id.to_string()),
            serde_json::json!({ "how": how }),
        )
        .await?;
    Ok(Opened { actor, refresh_token, new_device, account, grants })
}

/// A session that is written and not committed yet.
#[derive(Debug)]
pub struct Opened {
    actor: AccountActor,
    refresh_token: Token,
    new_device: Option<Token>,
    account: Account,
    grants: Vec<NamedGrant>,
}

/// Signs the access token of an opened session, once the session is committed.
pub async fn finish(service: &AuthService, opened: Opened) -> Result<SignedIn, Problem> {
    let Opened { actor, refresh_token, new_device, account, grants } = opened;
    Ok(SignedIn {
        access_token: service.keys.sign(actor).await?,
        expires_in_seconds: ACCESS_TOKEN_MINUTES * 60,
        refresh_token,
        new_device,
        account,
        grants,
    })
}
