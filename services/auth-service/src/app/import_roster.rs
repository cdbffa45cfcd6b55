//! Imports people from a CSV file: all of them, or none and a list of what is wrong.

use auth_api::{ImportOutcome, PersonRow};
use authz::{AccountId, Action, Actor, UnitPath, authorize};
use foundation::{FieldProblem, Problem};
use people_file::{Column, PROBLEMS_MAX, PeopleFile, PersonLine};

use crate::{AuthService, app::import_people};

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
    let PeopleFile { rows, mut problems } = people_file::read(file, |_| ());
    let mut tx = service.db.begin().await?;
    let people: Vec<PersonRow> = rows.iter().map(|row| row.person.clone()).collect();
    let taken = import_people::take(service, &mut tx, actor, unit, &people).await?;
    let mut imported = Vec::with_capacity(taken.len());
    for (row, person) in rows.into_iter().zip(taken) {
        if let Some(problem) = problem_of(&row, person.outcome, person.problem) {
            problems.push(problem);
            continue;
        }
        let created = person.outcome == ImportOutcome::Created;
        imported.push(ImportedRow {
            line: row.line,
            number: row.person.number.into_string(),
            display_name: row.person.display_name.into_string(),
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

fn problem_of(
    row: &PersonLine<()>,
    outcome: ImportOutcome,
    problem: Option<FieldProblem>,
) -> Option<FieldProblem> {
    match outcome {
        ImportOutcome::Created | ImportOutcome::Found => None,
        ImportOutcome::NameDiffers => Some(row.problem(
            Column::Name,
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

fn refused(mut problems: Vec<FieldProblem>) -> Problem {
    problems.sort_by_key(|problem| problem.line);
    problems.truncate(PROBLEMS_MAX);
    Problem::invalid(
        "auth.import_refused",
        "Nothing was imported: some lines need a look. Correct them and import the file again.",
        problems,
    )
}
