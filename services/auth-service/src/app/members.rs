//! Who belongs to a unit, beside their home.

use auth_api::Person;
use authz::{AccountId, Action, Actor, UnitId, authorize};
use foundation::{FieldProblem, Page, PageQuery, Problem};

use crate::{
    AuthService,
    app::{accounts::scope, units::load},
    store,
};

/// A page of a unit's members.
///
/// # Errors
/// 403 without the right, 404 for a unit that the actor may not know of.
pub async fn list(
    service: &AuthService,
    actor: &Actor,
    unit: UnitId,
    page: &PageQuery,
) -> Result<Page<Person>, Problem> {
    let mut conn = service.db.read().await?;
    let record =
        store::units::find(&mut conn, unit).await?.ok_or_else(crate::app::problems::unit_not_found)?;
    if !crate::domain::rank::reaches(actor, Action::ReadUnits, &record.unit.path) {
        return Err(crate::app::problems::unit_not_found());
    }
    authorize(actor, Action::FindPeople, &record.unit.path)?;
    let people = store::members::list(&mut conn, unit, page).await?;
    Ok(Page::cut(people, page.limit(), |person| person.id.to_string()))
}

/// Adds members to a unit; who is one already stays one. Answers how many are new.
///
/// # Errors
/// 403 without the right, 404 for a unit that the actor may not know of, 422 for people whom they may not find.
pub async fn add(
    service: &AuthService,
    actor: &Actor,
    unit: UnitId,
    accounts: &[AccountId],
) -> Result<u64, Problem> {
    let mut tx = service.db.begin().await?;
    let record = load(&mut tx, actor, unit, Action::ManageSittings).await?;
    authorize(actor, Action::ManageSittings, &record.unit.path)?;
    let people = scope(actor, Action::FindPeople)?;
    let mut strangers = Vec::new();
    for (index, account) in accounts.iter().enumerate() {
        if !store::people::is_visible(&mut tx, &people, *account).await? {
            let field = format!("accounts[{index}]");
            strangers.push(FieldProblem::at(
                field,
                "unknown",
                "There is no such person among those you can find.",
            ));
        }
    }
    if !strangers.is_empty() {
        return Err(Problem::invalid("auth.members_invalid", "Nobody was added; see `errors`.", strangers));
    }
    let members: Vec<(UnitId, AccountId)> = accounts.iter().map(|account| (unit, *account)).collect();
    let added = store::members::insert(&mut tx, &members, service.clock.now()).await?;
    if added > 0 {
        let detail = serde_json::json!({ "accounts": accounts });
        service.record(&mut tx, actor, "unit.members_added", ("unit", unit.to_string()), detail).await?;
    }
    tx.commit().await?;
    Ok(added)
}

/// Removes a member from a unit. Removing nobody changes nothing.
///
/// # Errors
/// 403 without the right, 404 for a unit that the actor may not know of.
pub async fn remove(
    service: &AuthService,
    actor: &Actor,
    unit: UnitId,
    account: AccountId,
) -> Result<(), Problem> {
    let mut tx = service.db.begin().await?;
    let record = load(&mut tx, actor, unit, Action::ManageSittings).await?;
    authorize(actor, Action::ManageSittings, &record.unit.path)?;
    if store::members::delete(&mut tx, unit, account).await? {
        let detail = serde_json::json!({ "account": account });
        service.record(&mut tx, actor, "unit.member_removed", ("unit", unit.to_string()), detail).await?;
    }
    tx.commit().await?;
    Ok(())
}
