//! An officer puts people on a roster who have accounts already.

use std::collections::{HashMap, HashSet};

use auth_api::Person;
use authz::{AccountId, Action, Actor, SittingId};
use foundation::{FieldProblem, Problem};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    clash::{refused, shown_to},
    enrol::{Enrolment, enrol, may_enrol, on_roster},
    load::load,
};
use crate::{ExamService, store};

/// People added in one call, at most.
pub const ADD_PEOPLE_MAX: usize = 5_000;

/// What became of people who were added.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct AddedToRoster {
    /// Candidates who are new on the roster.
    pub enrolled: usize,
    /// Candidates who were on it before.
    pub already_enrolled: usize,
}

/// Enrols these people, all or none. Idempotent.
///
/// # Errors
/// 404 when the sitting isn't there or lies elsewhere; 409 when nobody can be enrolled any more, or somebody would be
/// in two places at once and `allow_clash` isn't set; 422 naming everybody who isn't there.
pub async fn add_to_roster(
    service: &ExamService,
    actor: &Actor,
    id: SittingId,
    accounts: &[AccountId],
    allow_clash: bool,
) -> Result<AddedToRoster, Problem> {
    let mut conn = service.db.read().await?;
    let sitting = load(&mut conn, actor, Action::ManageSittings, id).await?;
    drop(conn);
    may_enrol(&sitting, service.clock.now())?;
    let people = find(service, accounts).await?;

    let mut conn = service.db.read().await?;
    if !allow_clash {
        let before = on_roster(&mut conn, &sitting).await?;
        let new: Vec<AccountId> =
            accounts.iter().copied().filter(|account| !before.contains_key(account)).collect();
        let clashes = store::rosters::clashes(&mut conn, &sitting, &new).await?;
        if !clashes.is_empty() {
            let clashes: Vec<_> = clashes.into_iter().map(|clash| shown_to(actor, clash)).collect();
            return Err(refused(&clashes));
        }
    }
    drop(conn);
    let enrolments = people
        .into_iter()
        .map(|person| Enrolment {
            account: person.id,
            number: person.number.unwrap_or_default(),
            name: person.display_name,
            extra: None,
            room: None,
        })
        .collect();
    let enrolled = enrol(service, actor, &sitting, enrolments, "accounts").await?;
    Ok(AddedToRoster { enrolled: enrolled.enrolled, already_enrolled: enrolled.already })
}

/// The people of these accounts, each once, in the order given.
async fn find(service: &ExamService, accounts: &[AccountId]) -> Result<Vec<Person>, Problem> {
    if accounts.is_empty() || accounts.len() > ADD_PEOPLE_MAX {
        let message = format!("Name 1 to {ADD_PEOPLE_MAX} people at a time.");
        return Err(invalid(vec![FieldProblem::at("account_ids", "count", message)]));
    }
    let mut found: HashMap<AccountId, Person> =
        service.auth.find_people(accounts).await?.into_iter().map(|person| (person.id, person)).collect();
    let mut seen = HashSet::new();
    let (mut people, mut errors) = (Vec::new(), Vec::new());
    for (index, account) in accounts.iter().enumerate() {
        if !seen.insert(account) {
            continue;
        }
        match found.remove(account) {
            Some(person) => people.push(person),
            None => errors.push(FieldProblem::at(
                format!("account_ids[{index}]"),
                "unknown",
                "There is no such person.",
            )),
        }
    }
    if errors.is_empty() { Ok(people) } else { Err(invalid(errors)) }
}

fn invalid(errors: Vec<FieldProblem>) -> Problem {
    Problem::invalid("exam.roster_invalid", "Nobody was enrolled; see `errors`.", errors)
}
