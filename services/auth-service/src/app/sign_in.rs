//! Signs a person in by user name and password. Why the back-off is built so: `docs/decisions/0001-lockout.md`.

use authz::{AccountId, Actor};
use foundation::Problem;

use crate::{
    AuthService,
    app::{
        open_session::{self, Browser, SignedIn},
        password_pool::Checked,
        problems,
    },
    domain::{
        account::Account,
        fold::fold,
        lockout::{FREE_FAILURES, Failures},
        password::Password,
    },
    store,
};

/// Signs a person in.
///
/// # Errors
/// 401 for a wrong name or password, 403 for a disabled account, 429 after too many failures or from an address that
/// asks too often, 503 when too many people sign in at once.
pub async fn sign_in(
    service: &AuthService,
    browser: &Browser,
    username: &str,
    password: Password,
) -> Result<SignedIn, Problem> {
    let subject = fold(username);
    let mut conn = service.db.read().await?;
    let account = store::accounts::find_by_subject(&mut conn, &subject).await?;
    let signed_in_here = match &browser.device {
        Some(device) => store::devices::accounts_on(&mut conn, &service.hashes.device(device)).await?,
        None => Vec::new(),
    };
    drop(conn);

    let source = Source::of(service, browser, account.as_ref(), &signed_in_here);
    service
        .limits
        .sign_in(&source.limit, service.clock.now())
        .await
        .inspect_err(|_| problems::count_failure("rate_limited"))?;
    let tally = Tally { service, subject: service.hashes.subject(&subject), source: source.failures };
    let before = tally.count(account.as_ref()).await?;
    let stored = account.as_ref().and_then(|account| account.password_hash.as_deref());
    let checked = match service.passwords.check(password.clone(), stored).await {
        Ok(checked) => checked,
        Err(problem) => {
            tally.put_back(before).await?;
            return Err(problem);
        }
    };
    let (Some(account), Checked::Right { outdated }) = (account, checked) else {
        return Err(problems::wrong_credentials());
    };
    let renewed = if outdated { service.passwords.hash(password).await.ok() } else { None };
    enter(service, &tally, browser, account, renewed.as_deref()).await
}

/// The password was right: forgets the failures and opens a session.
async fn enter(
    service: &AuthService,
    tally: &Tally<'_>,
    browser: &Browser,
    checked: Account,
    renewed_hash: Option<&str>,
) -> Result<SignedIn, Problem> {
    let mut tx = service.db.begin().await?;
    // The password may have been reset while it was being checked.
    let account = store::accounts::find_for_update(&mut tx, checked.id).await?;
    let Some(account) = account.filter(|account| account.password_hash == checked.password_hash) else {
        return Err(problems::wrong_credentials());
    };
    store::failures::delete(&mut tx, &tally.subject, &tally.source).await?;
    if account.disabled_at.is_some() {
        tx.commit().await?;
        return Err(problems::account_disabled());
    }
    if let (Some(old), Some(new)) = (&account.password_hash, renewed_hash) {
        store::accounts::rehash(&mut tx, account.id, old, new).await?;
    }
    let opened = open_session::open(service, &mut tx, account, browser, "password").await?;
    tx.commit().await?;
    open_session::finish(service, opened).await
}

/// Where a sign-in comes from, as keyed hashes.
struct Source {
    /// Whose failures these are: the person's own browser's, those of the first person who signed in on this browser,
    /// or the address's. A stranger can't fail in the name of a browser that isn't theirs.
    failures: [u8; 32],
    /// What its rate is counted by: the person's own browser, or the address. A flood from the hall's address doesn't
    /// keep a known browser out.
    limit: [u8; 32],
}

impl Source {
    fn of(
        service: &AuthService,
        browser: &Browser,
        account: Option<&Account>,
        signed_in_here: &[AccountId],
    ) -> Self {
        let address = service.hashes.source("address", browser.address.as_bytes());
        match (&browser.device, signed_in_here.first()) {
            (Some(device), Some(_)) if account.is_some_and(|own| signed_in_here.contains(&own.id)) => {
                let own = service.hashes.source("device", &service.hashes.device(device));
                Self { failures: own, limit: own }
            }
            (Some(_), Some(first)) => {
                let failures = service.hashes.source("account", first.uuid().as_bytes());
                Self { failures, limit: address }
            }
            _ => Self { failures: address, limit: address },
        }
    }
}

/// The failures of one name from one source.
struct Tally<'a> {
    service: &'a AuthService,
    subject: [u8; 32],
    source: [u8; 32],
}

impl Tally<'_> {
    /// Counts this try before it is known whether it fails; answers what was counted before.
    async fn count(&self, account: Option<&Account>) -> Result<Option<Failures>, Problem> {
        let now = self.service.clock.now();
        let mut tx = self.service.db.begin().await?;
        let before = store::failures::find(&mut tx, &self.subject, &self.source).await?;
        let counted = Failures::count(before, now).map_err(|until| problems::locked(now, until))?;
        store::failures::put(&mut tx, &self.subject, &self.source, &counted).await?;
        if let Some(account) = account
            && counted.count == FREE_FAILURES + 1
        {
            let subject = ("account", account.id.to_string());
            let detail = serde_json::json!({ "tries": counted.count });
            self.service
                .record(&mut tx, &Actor::Anonymous, "account.sign_in_backed_off", subject, detail)
                .await?;
        }
        tx.commit().await?;
        Ok(before)
    }

    /// The try wasn't made after all.
    async fn put_back(&self, before: Option<Failures>) -> Result<(), Problem> {
        let mut tx = self.service.db.begin().await?;
        match before {
            Some(failures) => store::failures::put(&mut tx, &self.subject, &self.source, &failures).await?,
            None => store::failures::delete(&mut tx, &self.subject, &self.source).await?,
        }
        tx.commit().await?;
        Ok(())
    }
}
