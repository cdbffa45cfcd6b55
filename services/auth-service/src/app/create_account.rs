//! Makes an account for a person, with a one-time code with which they choose their password.

use authz::{Action, Actor, Grant, authorize};
use db::Tx;
use foundation::{FieldProblem, Instant, Problem, Text};
use people_file::is_email;

use crate::{
    AuthService,
    app::{
        accounts::{AccountWithRoles, with_roles},
        problems,
        reset_password::{NewActivation, issue_activation_code},
    },
    domain::{
        account::{Account, GRANTS_MAX, NewAccount},
        fold::{fold, half_width, one_line},
        rank::reaches,
    },
    store,
};

/// Makes an account with roles.
///
/// # Errors
/// 403 without the right in its home or in a role's unit, 404 for a unit that the actor may not know of, 409 for a
/// user name or number that is taken, 422 for what can't be.
pub async fn create_account(
    service: &AuthService,
    actor: &Actor,
    new: NewAccount,
    grants: &[Grant],
) -> Result<(AccountWithRoles, NewActivation), Problem> {
    authorize(actor, Action::ManageAccounts, &new.home)?;
    if grants.iter().any(|grant| !reaches(actor, Action::ManageAccounts, &grant.unit)) {
        return Err(Problem::forbidden());
    }
    if grants.len() > GRANTS_MAX {
        return Err(too_many_roles());
    }
    check_email(new.email.as_deref())?;

    let now = service.clock.now();
    let account = fresh(service, new, now);
    let mut tx = service.db.begin().await?;
    for unit in grants.iter().map(|grant| &grant.unit).chain([&account.home]) {
        check_unit(&mut tx, unit).await?;
    }
    insert(service, &mut tx, actor, &account).await?;
    for grant in grants {
        store::grants::insert(&mut tx, account.id, grant, now).await?;
        let subject = ("account", account.id.to_string());
        let detail = serde_json::json!({ "role": grant.role, "unit": grant.unit });
        service.record(&mut tx, actor, "role.granted", subject, detail).await?;
    }
    let activation = issue_activation_code(service, &mut tx, account.id).await?;
    let account = with_roles(&mut tx, account).await?;
    tx.commit().await?;
    Ok((account, activation))
}

/// An account without a password.
pub fn fresh(service: &AuthService, new: NewAccount, now: Instant) -> Account {
    Account {
        id: service.id(),
        username: half_width(new.username.as_str()),
        subject: new.username.subject(),
        display_name: one_line(&new.display_name),
        number: new.number.map(|number| half_width(&number)),
        email: new.email.map(Text::into_string),
        home: new.home,
        password_hash: None,
        must_change_password: false,
        disabled_at: None,
        created_at: now,
        updated_at: now,
    }
}

/// Writes a new account and its audit record.
///
/// # Errors
/// 409 for a user name or number that is taken.
pub async fn insert(
    service: &AuthService,
    tx: &mut Tx,
    actor: &Actor,
    account: &Account,
) -> Result<(), Problem> {
    if store::accounts::find_by_subject(tx, &account.subject).await?.is_some() {
        return Err(taken("auth.username_taken", "username", "Somebody has this user name. Choose another."));
    }
    check_number(tx, account).await?;
    store::accounts::insert(tx, account, account.number.as_deref().map(fold)).await.map_err(exists)?;
    let subject = ("account", account.id.to_string());
    let detail = serde_json::json!({ "home": account.home });
    service.record(tx, actor, "account.created", subject, detail).await?;
    Ok(())
}

/// Refuses a number that another person has.
///
/// # Errors
/// 409 when one has.
pub async fn check_number(tx: &mut Tx, account: &Account) -> Result<(), Problem> {
    let Some(key) = account.number.as_deref().map(fold) else { return Ok(()) };
    let known = store::people::by_number_keys(tx, std::slice::from_ref(&key)).await?;
    if known.get(&key).is_some_and(|known| known.id != account.id) {
        return Err(taken("auth.number_taken", "number", "Somebody has this number. Check it."));
    }
    Ok(())
}

/// Refuses a unit that doesn't exist or is archived.
///
/// # Errors
/// 404 when it doesn't.
pub async fn check_unit(tx: &mut Tx, unit: &authz::UnitPath) -> Result<(), Problem> {
    if unit.unit().is_none() {
        return Ok(());
    }
    store::units::find_by_path(tx, unit)
        .await?
        .filter(|record| record.archived_at.is_none())
        .map(|_| ())
        .ok_or_else(problems::unit_not_found)
}

/// Refuses what isn't shaped like an e-mail address.
///
/// # Errors
/// 422 when it isn't.
pub fn check_email(email: Option<&str>) -> Result<(), Problem> {
    if email.is_none_or(is_email) {
        return Ok(());
    }
    let error = FieldProblem::at("email", "invalid", "This is no e-mail address.");
    Err(Problem::invalid(
        "auth.account_invalid",
        "The account can't be taken like this; see `errors`.",
        vec![error],
    ))
}

/// An account has more roles than a token can carry.
pub fn too_many_roles() -> Problem {
    let message = format!("At most {GRANTS_MAX} roles: grant one in a wider unit instead.");
    Problem::invalid(
        "auth.too_many_roles",
        message.clone(),
        vec![FieldProblem::at("roles", "too_many", message)],
    )
}

/// Somebody else was faster with the same user name or number.
pub fn exists(error: db::Error) -> Problem {
    if error.is_exists() {
        Problem::conflict(
            "auth.account_exists",
            "Somebody has just taken this user name or number. Look for them.",
        )
    } else {
        error.into()
    }
}

fn taken(code: &'static str, field: &'static str, message: &'static str) -> Problem {
    Problem::conflict(code, message).with_errors(vec![FieldProblem::at(field, "taken", message)])
}
