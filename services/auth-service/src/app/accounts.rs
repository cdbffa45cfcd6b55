//! Looking at accounts: lists, one of them, and the check before anything is done to one.

use authz::{AccountId, Action, Actor, Grant};
use db::{Conn, Tx};
use foundation::{Page, PageQuery, Problem};

use crate::{
    AuthService,
    app::problems,
    domain::{
        account::{Account, NamedGrant},
        rank::may_act_on,
    },
    store::{self, people::Filter, scope::Scope},
};

/// An account with its roles and the name of its home.
#[derive(Clone, Debug)]
pub struct AccountWithRoles {
    /// The account.
    pub account: Account,
    /// The name of its home unit; none for the whole institution.
    pub home_name: Option<String>,
    /// Its roles.
    pub grants: Vec<NamedGrant>,
}

/// A page of the accounts that the actor manages.
///
/// # Errors
/// 403 without the right.
pub async fn list(
    service: &AuthService,
    actor: &Actor,
    filter: &Filter,
    page: &PageQuery,
) -> Result<Page<Account>, Problem> {
    let scope = scope(actor, Action::ManageAccounts)?;
    let mut conn = service.db.read().await?;
    let accounts = store::people::list(&mut conn, &scope, filter, page).await?;
    Ok(Page::cut(accounts, page.limit(), |account| account.id.to_string()))
}

/// One account that the actor manages.
///
/// # Errors
/// 403 without the right, 404 for an account that the actor may not know of.
pub async fn get(service: &AuthService, actor: &Actor, id: AccountId) -> Result<AccountWithRoles, Problem> {
    let scope = scope(actor, Action::ManageAccounts)?;
    let mut conn = service.db.read().await?;
    if !store::people::is_visible(&mut conn, &scope, id).await? {
        return Err(problems::account_not_found());
    }
    let account = store::accounts::find(&mut conn, id).await?.ok_or_else(problems::account_not_found)?;
    with_roles(&mut conn, account).await
}

/// Adds the roles and the home's name.
///
/// # Errors
/// When the database can't be read.
pub async fn with_roles(conn: &mut Conn, account: Account) -> Result<AccountWithRoles, Problem> {
    let grants = store::grants::of(conn, account.id).await?;
    let home = store::units::find_by_path(conn, &account.home).await?;
    Ok(AccountWithRoles { account, home_name: home.map(|record| record.unit.name), grants })
}

/// Where the actor may do `action`.
///
/// # Errors
/// 401 for nobody, 403 for somebody who may nowhere.
pub fn scope(actor: &Actor, action: Action) -> Result<Scope, Problem> {
    if matches!(actor, Actor::Anonymous) {
        return Err(Problem::unauthenticated("auth.sign_in_needed", "Sign in first."));
    }
    if !actor.may_somewhere(action) {
        return Err(Problem::forbidden());
    }
    Ok(Scope::of(actor, action))
}

/// Loads and locks an account to do `action` to it.
///
/// # Errors
/// 404 for one that the actor may not know of, 403 for one that may do things which the actor may not.
pub async fn load_to_act_on(
    tx: &mut Tx,
    actor: &Actor,
    action: Action,
    id: AccountId,
) -> Result<(Account, Vec<Grant>), Problem> {
    let scope = scope(actor, action)?;
    let account = store::accounts::find_for_update(tx, id).await?.ok_or_else(problems::account_not_found)?;
    if !store::people::is_visible(tx, &scope, id).await? {
        return Err(problems::account_not_found());
    }
    let grants: Vec<Grant> = store::grants::of(tx, id).await?.into_iter().map(|named| named.grant).collect();
    if !may_act_on(actor, action, &account.home, &grants) {
        return Err(Problem::new(
            403,
            "auth.account_out_of_reach",
            "This person belongs to units, or has rights, that you don't have. Ask an administrator who has.",
        ));
    }
    Ok((account, grants))
}
