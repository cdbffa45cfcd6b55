//! Finds people by name, number or id.

use auth_api::{PEOPLE_MAX, Person};
use authz::{AccountId, Action, Actor};
use foundation::{FieldProblem, Page, PageQuery, Problem};

use crate::{
    AuthService,
    app::accounts::scope,
    domain::account::Account,
    store::{self, people::Filter},
};

/// A page of the people whom the actor may find.
///
/// # Errors
/// 403 without the right.
pub async fn find_people(
    service: &AuthService,
    actor: &Actor,
    filter: &Filter,
    page: &PageQuery,
) -> Result<Page<Account>, Problem> {
    let scope = scope(actor, Action::FindPeople)?;
    let mut conn = service.db.read().await?;
    let accounts = store::people::list(&mut conn, &scope, filter, page).await?;
    Ok(Page::cut(accounts, page.limit(), |account| account.id.to_string()))
}

/// The people of these ids. See [`auth_api::AuthApi::find_people`].
///
/// # Errors
/// As described there.
pub async fn by_ids(service: &AuthService, ids: &[AccountId]) -> Result<Vec<Person>, Problem> {
    if ids.len() > PEOPLE_MAX {
        let message = format!("At most {PEOPLE_MAX} at a time.");
        let errors = vec![FieldProblem::at("ids", "too_many", message.clone())];
        return Err(Problem::invalid("auth.too_many_people", message, errors));
    }
    let mut conn = service.db.read().await?;
    Ok(store::people::by_ids(&mut conn, ids).await?)
}
