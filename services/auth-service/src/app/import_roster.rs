//! Imports people from a CSV file: all of them, or none and a list of what is wrong.

use std::collections::HashMap;

use auth_api::{ImportOutcome, PersonRow};
use authz::{AccountId, Action, Actor, UnitId, UnitPath, authorize};
use foundation::{FieldProblem, Problem};

use crate::{
    AuthService,
    app::import_people,
    domain::{
        fold::fold,
        roster::{self, PROBLEMS_MAX, RosterRow},
    },
    store,
};

/// A person of an imported file.
#[derive(Clone, Debug)]
pub struct ImportedRow {
    /// Their line in the file.
    pub line: u32,
    /// Their number.
    pub number: String,
    /// Their name.
    pub display_name: String,
    /// Their account; none in a dry run for people who are new.
    pub account: Option<AccountId>,
    /// Whether they are new.
    pub created: bool,
}

/// Imports a file's people as candidates of `unit`. With `dry_run` nothing is changed and the answer is the same.
///
/// # Errors
/// 403 without the right, 404 for a unit that doesn't exist, 422 with line and field for everything that is wrong; then
/// nothing was imported.
pub async fn import_roster(
    service: &AuthService,
    actor: &Actor,
    unit: &UnitPath,
    file: &[u8],
    dry_run: bool,
) -> Result<Vec<ImportedRow>, Problem> {
    authorize(actor, Action::ManageSittings, unit)?;
    let roster = roster::read(file);
    let mut problems = roster.problems;
    let mut tx = service.db.begin().await?;
    let classes = store::units::classes_below(&mut tx, unit).await?;
    let mut rows = Vec::with_capacity(roster.rows.len());
    for row in &roster.rows {
        match class_of(row, &classes) {
            Ok(class) => rows.push(PersonRow {
                number: row.number.clone(),
                display_name: row.display_name.clone(),
                email: row.email.clone(),
                class,
            }),
            Err(problem) => problems.push(problem),
        }
    }
    if !problems.is_empty() {
        return Err(refused(problems));
    }
    let taken = import_people::take(service, &mut tx, actor, unit, &rows).await?;
    let mut imported = Vec::with_capacity(taken.len());
    for (row, person) in roster.rows.into_iter().zip(taken) {
        if let Some(problem) = problem_of(&row, person.outcome, person.problem) {
            problems.push(problem);
            continue;
        }
        let created = person.outcome == ImportOutcome::Created;
        imported.push(ImportedRow {
            line: row.line,
            number: row.number.into_string(),
            display_name: row.display_name.into_string(),
            account: person.account.filter(|_| !(dry_run && created)),
            created,
        });
    }
    if !problems.is_empty() {
        return Err(refused(problems));
    }
    if !dry_run {
        tx.commit().await?;
    }
    Ok(imported)
}

fn class_of(row: &RosterRow, classes: &HashMap<String, Vec<UnitId>>) -> Result<Option<UnitId>, FieldProblem> {
    let Some(name) = &row.class else { return Ok(None) };
    match classes.get(&fold(name)).map(Vec::as_slice) {
        Some([class]) => Ok(Some(*class)),
        Some(_) => {
            Err(at(row, "class", "ambiguous", "Several classes have this name: write the code instead."))
        }
        None => Err(at(
            row,
            "class",
            "unknown",
            "There is no such class in this unit. Make it first, or check the name.",
        )),
    }
}

fn problem_of(
    row: &RosterRow,
    outcome: ImportOutcome,
    problem: Option<FieldProblem>,
) -> Option<FieldProblem> {
    match outcome {
        ImportOutcome::Created | ImportOutcome::Found => None,
        ImportOutcome::NameDiffers => Some(at(
            row,
            "name",
            "name_differs",
            "A person with this number is known under another name. Check the number; if the name is new, change it with the person first.",
        )),
        ImportOutcome::Refused => {
            let problem =
                problem.unwrap_or_else(|| FieldProblem::at("number", "refused", "This row can't be taken."));
            Some(FieldProblem { line: Some(row.line), ..problem })
        }
    }
}

fn at(row: &RosterRow, field: &str, code: &str, message: &str) -> FieldProblem {
    FieldProblem { line: Some(row.line), ..FieldProblem::at(field, code, message) }
}

fn refused(mut problems: Vec<FieldProblem>) -> Problem {
    problems.sort_by_key(|problem| problem.line);
    problems.truncate(PROBLEMS_MAX);
    Problem::invalid(
        "auth.import_refused",
        "Nothing was imported: some lines need a look. Correct them and import the file again.",
        problems,
    )
}
