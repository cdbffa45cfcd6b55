//! Changes what is known of a person.

use auth_api::{DisplayName, Email, PERSON_CHANGED, PersonChanged, PersonNumber};
use authz::{AccountId, Action, Actor, UnitPath, authorize};
use foundation::{Problem, Text};

use crate::{
    AuthService,
    app::{
        accounts::{AccountWithRoles, load_to_act_on, with_roles},
        create_account::{check_email, check_number, check_unit, exists},
    },
    domain::fold::{fold, half_width, one_line},
    store,
};

/// What to change; what is none stays. A number and an e-mail address can be taken away.
#[derive(Clone, Debug, Default)]
pub struct AccountChange {
    /// A new name.
    pub display_name: Option<DisplayName>,
    /// A new number, or none any more.
    pub number: Option<Option<PersonNumber>>,
    /// A new e-mail address, or none any more.
    pub email: Option<Option<Email>>,
    /// A new home.
    pub home: Option<UnitPath>,
}

/// Changes an account.
///
/// # Errors
/// 403 and 404 as for every account, 409 for a number that is taken, 422 for what can't be.
pub async fn update_account(
    service: &AuthService,
    actor: &Actor,
    id: AccountId,
    change: AccountChange,
) -> Result<AccountWithRoles, Problem> {
    let mut tx = service.db.begin().await?;
    let (before, _) = load_to_act_on(&mut tx, actor, Action::ManageAccounts, id).await?;
    let mut account = before.clone();
    if let Some(name) = change.display_name {
        account.display_name = one_line(&name);
    }
    if let Some(number) = change.number {
        account.number = number.map(|number| half_width(&number));
    }
    if let Some(email) = change.email {
        account.email = email.map(Text::into_string);
    }
    if let Some(home) = change.home {
        authorize(actor, Action::ManageAccounts, &home)?;
        check_unit(&mut tx, &home).await?;
        account.home = home;
    }
    if account == before {
        return with_roles(&mut tx, account).await;
    }
    check_email(account.email.as_deref())?;
    check_number(&mut tx, &account).await?;
    account.updated_at = service.clock.now();
    store::accounts::update(&mut tx, &account, account.number.as_deref().map(fold)).await.map_err(exists)?;

    let changed: Vec<&str> = [
        ("display_name", account.display_name != before.display_name),
        ("number", account.number != before.number),
        ("email", account.email != before.email),
        ("home", account.home != before.home),
    ]
    .into_iter()
    .filter_map(|(field, is_changed)| is_changed.then_some(field))
    .collect();
    let subject = ("account", id.to_string());
    service
        .record(&mut tx, actor, "account.changed", subject, serde_json::json!({ "changed": changed }))
        .await?;
    if changed.iter().any(|field| matches!(*field, "display_name" | "number")) {
        let fact = PersonChanged {
            account: id,
            display_name: account.display_name.clone(),
            number: account.number.clone(),
        };
        service.publish(&mut tx, PERSON_CHANGED, &fact).await?;
    }
    let account = with_roles(&mut tx, account).await?;
    tx.commit().await?;
    Ok(account)
}
