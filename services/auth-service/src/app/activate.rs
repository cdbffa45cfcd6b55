//! A person sets a first or new password with the one-time code that an officer gave them.

use foundation::Problem;
use subtle::ConstantTimeEq as _;

use crate::{
    AuthService,
    app::{
        open_session::{self, Browser, SignedIn},
        problems,
    },
    domain::{code::Code, fold::fold, password::Password},
    store,
};

/// Sets the password of the account with this user name, uses the code up, and signs the person in.
///
/// # Errors
/// 401 for a code that isn't theirs or has expired, 422 for one that can't be a code and for a password that isn't
/// good enough (the code then stays good), 429 when it is tried too often.
pub async fn activate(
    service: &AuthService,
    browser: &Browser,
    username: &str,
    code: &str,
    password: Password,
) -> Result<SignedIn, Problem> {
    let now = service.clock.now();
    let subject = fold(username);
    let address = service.hashes.source("address", browser.address.as_bytes());
    service.limits.sign_in(&address, now).await?;
    service.limits.activate(&service.hashes.subject(&subject), now).await?;
    let code = Code::parse(code).map_err(problems::mistyped)?;
    let code_hash = service.hashes.activation_code(&code);

    let mut conn = service.db.read().await?;
    let account = store::accounts::find_by_subject(&mut conn, &subject).await?;
    let kept = match &account {
        Some(account) => store::activation_codes::find(&mut conn, account.id).await?,
        None => None,
    };
    drop(conn);
    let (Some(account), Some(kept)) = (account, kept) else { return Err(wrong_code()) };
    if !bool::from(kept.code_hash.ct_eq(&code_hash)) || now >= kept.expires_at {
        return Err(wrong_code());
    }
    if account.disabled_at.is_some() {
        return Err(problems::account_disabled());
    }
    problems::check_new_password(&password, &account.names(), "new_password")?;
    let hash = service.passwords.hash(password).await?;

    let mut tx = service.db.begin().await?;
    let Some(mut account) = store::accounts::find_for_update(&mut tx, account.id).await? else {
        return Err(wrong_code());
    };
    if account.disabled_at.is_some()
        || !store::activation_codes::take(&mut tx, account.id, &code_hash).await?
    {
        return Err(wrong_code());
    }
    store::accounts::set_password(&mut tx, account.id, Some(&hash), false, now).await?;
    store::failures::delete_all(&mut tx, &service.hashes.subject(&subject)).await?;
    account.password_hash = Some(hash);
    account.must_change_password = false;
    let opened = open_session::open(service, &mut tx, account, browser, "activation_code").await?;
    tx.commit().await?;
    open_session::finish(service, opened).await
}

fn wrong_code() -> Problem {
    problems::count_failure("wrong_activation_code");
    Problem::unauthenticated(
        "auth.activation_code_wrong",
        "This code isn't for this user name, was used, or has expired. Ask your exam office for a new one.",
    )
}
