//! Finds the people of a roster by number, or makes them.

use std::collections::{HashMap, HashSet};

use auth_api::{ImportOutcome, ImportedPerson, PEOPLE_MAX, PersonRow};
use authz::{AccountId, Actor, UnitId, UnitPath};
use db::Tx;
use foundation::{FieldProblem, Problem};

use crate::{
    AuthService,
    app::problems,
    domain::{
        account::Username,
        fold::{fold, one_line},
        roster::is_email,
    },
    store::{
        self,
        people::{Known, NewCandidate},
    },
};

/// Takes a roster. See [`auth_api::AuthApi::import_people`].
///
/// # Errors
/// As described there.
pub async fn import_people(
    service: &AuthService,
    actor: &Actor,
    unit: &UnitPath,
    rows: &[PersonRow],
    dry_run: bool,
) -> Result<Vec<ImportedPerson>, Problem> {
    if rows.len() > PEOPLE_MAX {
        let message = format!("A roster has at most {PEOPLE_MAX} rows.");
        let errors = vec![FieldProblem::at("rows", "too_many", message.clone())];
        return Err(Problem::invalid("auth.too_many_people", message, errors));
    }
    let mut tx = service.db.begin().await?;
    let mut taken = take(service, &mut tx, actor, unit, rows).await?;
    if dry_run {
        drop(tx);
        for person in taken.iter_mut().filter(|person| person.outcome == ImportOutcome::Created) {
            person.account = None;
        }
    } else {
        tx.commit().await?;
    }
    Ok(taken)
}

/// Takes a roster's rows within a transaction. Whether to keep it is the caller's decision.
///
/// # Errors
/// 404 for a unit that doesn't exist, 503 when storage can't take it.
pub async fn take(
    service: &AuthService,
    tx: &mut Tx,
    actor: &Actor,
    unit: &UnitPath,
    rows: &[PersonRow],
) -> Result<Vec<ImportedPerson>, Problem> {
    let home = match unit.unit() {
        None => None,
        Some(_) => {
            let record =
                store::units::find_by_path(tx, unit).await?.filter(|record| record.archived_at.is_none());
            Some(record.ok_or_else(problems::unit_not_found)?.unit.id)
        }
    };
    let keys: Vec<String> = rows.iter().map(|row| fold(&row.number)).collect();
    let mut roster = Roster {
        by_number: store::people::by_number_keys(tx, &keys).await?,
        by_subject: store::people::by_subjects(tx, &keys).await?,
        classes: existing_classes(tx, rows).await?,
        new: Vec::new(),
        members: HashSet::new(),
    };
    let mut taken = Vec::with_capacity(rows.len());
    for (row, key) in rows.iter().zip(keys) {
        taken.push(roster.take_row(service, home, row, key));
    }
    let now = service.clock.now();
    store::people::insert_candidates(tx, unit, &roster.new, now).await.map_err(|error| {
        if error.is_exists() {
            Problem::conflict(
                "auth.import_collided",
                "Somebody else is importing the same people. Try again.",
            )
        } else {
            error.into()
        }
    })?;
    let members: Vec<_> = roster.members.into_iter().collect();
    let joined = store::members::insert(tx, &members, now).await?;
    let found: Vec<AccountId> = taken
        .iter()
        .filter(|person| person.outcome == ImportOutcome::Found)
        .filter_map(|person| person.account)
        .collect();
    store::grants::make_candidates(tx, &found, unit, now).await?;
    if !roster.new.is_empty() || joined > 0 {
        let detail = serde_json::json!({ "rows": rows.len(), "created": roster.new.len(), "joined": joined });
        service.record(tx, actor, "people.imported", ("unit", unit.to_string()), detail).await?;
    }
    Ok(taken)
}

/// What is known while a roster is taken.
struct Roster {
    by_number: HashMap<String, Known>,
    by_subject: HashMap<String, Known>,
    classes: HashSet<UnitId>,
    new: Vec<NewCandidate>,
    members: HashSet<(UnitId, AccountId)>,
}

impl Roster {
    fn take_row(
        &mut self,
        service: &AuthService,
        home: Option<UnitId>,
        row: &PersonRow,
        key: String,
    ) -> ImportedPerson {
        if let Some(class) = row.class
            && !self.classes.contains(&class)
        {
            return refused("class", "unknown", "There is no such class.");
        }
        if let Some(known) = self.by_number.get(&key) {
            let (id, same_name) = (known.id, fold(&one_line(&row.display_name)) == fold(&known.display_name));
            if known.disabled {
                return refused("number", "disabled", "This person's account is disabled.");
            }
            if !same_name {
                return ImportedPerson {
                    account: Some(id),
                    outcome: ImportOutcome::NameDiffers,
                    problem: None,
                };
            }
            self.join(home, row, id);
            return ImportedPerson { account: Some(id), outcome: ImportOutcome::Found, problem: None };
        }
        if self.by_subject.contains_key(&key) {
            return refused("number", "taken", "Somebody without this number has it as a user name.");
        }
        if Username::new(&row.number).is_err() {
            return refused("number", "invalid", "A number has letters, digits and . _ - @ + only.");
        }
        if row.email.as_deref().is_some_and(|email| !is_email(email)) {
            return refused("email", "invalid", "This is no e-mail address.");
        }
        let id: AccountId = service.id();
        let display_name = one_line(&row.display_name);
        self.by_number.insert(key, Known { id, display_name: display_name.clone(), disabled: false });
        self.new.push(NewCandidate {
            id,
            number: row.number.as_str().to_owned(),
            number_key: fold(&row.number),
            display_name,
            email: row.email.as_ref().map(|email| email.as_str().to_owned()),
        });
        self.join(home, row, id);
        ImportedPerson { account: Some(id), outcome: ImportOutcome::Created, problem: None }
    }

    fn join(&mut self, home: Option<UnitId>, row: &PersonRow, id: AccountId) {
        self.members.extend([home, row.class].into_iter().flatten().map(|unit| (unit, id)));
    }
}

async fn existing_classes(tx: &mut Tx, rows: &[PersonRow]) -> Result<HashSet<UnitId>, Problem> {
    let wanted: HashSet<UnitId> = rows.iter().filter_map(|row| row.class).collect();
    let wanted: Vec<UnitId> = wanted.into_iter().collect();
    Ok(store::units::existing(tx, &wanted).await?.into_iter().collect())
}

fn refused(field: &str, code: &str, message: &str) -> ImportedPerson {
    ImportedPerson {
        account: None,
        outcome: ImportOutcome::Refused,
        problem: Some(FieldProblem::at(field, code, message)),
    }
}
