//! An officer brings a roster as a file.

use std::collections::HashMap;

use auth_api::{ImportOutcome, ImportedPerson, PersonRow};
use authz::{AccountId, Action, Actor, SittingId};
use foundation::{FieldProblem, Problem};
use people_file::{Column, PROBLEMS_MAX, PeopleFile};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    enrol::{Enrolled, Enrolment, enrol, may_enrol, on_roster},
    load::load,
};
use crate::{
    ExamService,
    domain::{
        attempt::RosterStatus,
        roster::{self, RosterRow},
    },
    store::{self, attempts::AttemptRow, sittings::SittingRow},
};

/// What became of a roster, or would become of it.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct RosterReport {
    /// Whether nothing was changed, because only a trial was asked for.
    pub dry_run: bool,
    /// Rows that can be read.
    pub rows: usize,
    /// People who are new to the institution.
    pub people_created: usize,
    /// People who were known.
    pub people_found: usize,
    /// Candidates who are new on the roster.
    pub enrolled: usize,
    /// Candidates who were on it before.
    pub already_enrolled: usize,
    /// Of these, how many get other extra time.
    pub extra_time_changed: usize,
    /// Of these, how many sit in another room now.
    pub rooms_changed: usize,
    /// What keeps the file from being taken, by line; only a trial answers with any.
    pub errors: Vec<FieldProblem>,
    /// Worth a look, by line.
    pub warnings: Vec<FieldProblem>,
}

/// What to do with a roster.
#[derive(Clone, Copy, Debug, Default)]
pub struct ImportOptions {
    /// Change nothing, and say what would become of it.
    pub dry_run: bool,
    /// Candidates may be expected at another sitting at the same time.
    pub allow_clash: bool,
}

/// Reads a roster and enrols everybody on it, or nobody. The same file again changes nothing.
///
/// # Errors
/// 404 when the sitting isn't there or lies elsewhere; 409 when nobody can be enrolled any more; 422 naming every row
/// that can't be taken.
pub async fn import_roster(
    service: &ExamService,
    actor: &Actor,
    id: SittingId,
    file: &[u8],
    options: ImportOptions,
) -> Result<RosterReport, Problem> {
    let mut conn = service.db.read().await?;
    let sitting = load(&mut conn, actor, Action::ManageSittings, id).await?;
    drop(conn);
    may_enrol(&sitting, service.clock.now())?;
    let PeopleFile { rows, problems } = roster::read(file);
    let mut report = RosterReport {
        dry_run: options.dry_run,
        rows: rows.len(),
        errors: problems,
        ..RosterReport::default()
    };
    let people: Vec<PersonRow> = rows.iter().map(|row| row.person.clone()).collect();
    if !rows.is_empty() {
        let seen = service.auth.import_people(actor, &sitting.unit, people.clone(), true).await?;
        look_at_people(&rows, &seen, &mut report)?;
        look_at_roster(service, &sitting, &rows, &seen, options, &mut report).await?;
    }
    report.errors.sort_by_key(|problem| problem.line);
    report.errors.truncate(PROBLEMS_MAX);
    report.warnings.truncate(PROBLEMS_MAX);
    if options.dry_run {
        return Ok(report);
    }
    if !report.errors.is_empty() {
        return Err(Problem::invalid(
            "exam.roster_invalid",
            "Nobody was enrolled, because some rows can't be taken; see `errors`.",
            report.errors,
        ));
    }

    let imported = service.auth.import_people(actor, &sitting.unit, people, false).await?;
    let enrolments = rows
        .into_iter()
        .zip(imported)
        .map(|(row, person)| {
            let account = person.account.ok_or_else(|| {
                Problem::conflict(
                    "exam.roster_moved",
                    "People changed while the roster was read. Nobody was enrolled; import it again.",
                )
                .log(format!("line {}: {:?} after a trial that let it through", row.line, person.outcome))
            })?;
            Ok(Enrolment {
                account,
                number: row.person.number.into_string(),
                name: row.person.display_name.into_string(),
                extra: row.more.extra,
                room: row.more.room,
            })
        })
        .collect::<Result<Vec<_>, Problem>>()?;
    let Enrolled { enrolled, already, changed, reseated } =
        enrol(service, actor, &sitting, enrolments, "file").await?;
    Ok(RosterReport {
        enrolled,
        already_enrolled: already,
        extra_time_changed: changed,
        rooms_changed: reseated,
        ..report
    })
}

/// What auth-service says of each row.
fn look_at_people(
    rows: &[RosterRow],
    seen: &[ImportedPerson],
    report: &mut RosterReport,
) -> Result<(), Problem> {
    if rows.len() != seen.len() {
        return Err(Problem::internal("auth-service answered for other rows than it was asked about"));
    }
    for (row, person) in rows.iter().zip(seen) {
        match person.outcome {
            ImportOutcome::Created => report.people_created += 1,
            ImportOutcome::Found => report.people_found += 1,
            ImportOutcome::NameDiffers => report.errors.push(row.problem(
                Column::Name,
                "name_differs",
                "Somebody with this number is known under another name: correct the number or the name.",
            )),
            ImportOutcome::Refused => {
                let refused = person
                    .problem
                    .clone()
                    .unwrap_or_else(|| FieldProblem::at("number", "refused", "This person can't be taken."));
                report.errors.push(FieldProblem { line: Some(row.line), ..refused });
            }
        }
    }
    Ok(())
}

/// What the roster as it is says of each row, and what other sittings say.
async fn look_at_roster(
    service: &ExamService,
    sitting: &SittingRow,
    rows: &[RosterRow],
    seen: &[ImportedPerson],
    options: ImportOptions,
    report: &mut RosterReport,
) -> Result<(), Problem> {
    let mut conn = service.db.read().await?;
    let before = on_roster(&mut conn, sitting).await?;
    let mut lines: HashMap<AccountId, &RosterRow> = HashMap::new();
    for (row, person) in rows.iter().zip(seen) {
        let enrolled = person.account.and_then(|account| before.get(&account));
        match (person.account, enrolled) {
            (_, Some(attempt)) => {
                report.already_enrolled += 1;
                report.extra_time_changed += usize::from(would_change(row, attempt));
                let room = row.more.room.as_deref();
                report.rooms_changed += usize::from(room.is_some_and(|room| room != attempt.room));
                if attempt.roster_status != RosterStatus::Expected {
                    let message = "This candidate was deferred or withdrawn, and stays so.";
                    report.warnings.push(row.problem(Column::Number, "not_expected", message));
                }
            }
            (account, None) => {
                report.enrolled += 1;
                if let Some(account) = account {
                    lines.insert(account, row);
                }
            }
        }
    }
    let accounts: Vec<AccountId> = lines.keys().copied().collect();
    let clashes = store::rosters::clashes(&mut conn, sitting, &accounts).await?;
    let list = if options.allow_clash { &mut report.warnings } else { &mut report.errors };
    let mut clashing: Vec<&RosterRow> =
        clashes.iter().filter_map(|clash| lines.get(&clash.candidate).copied()).collect();
    clashing.sort_by_key(|row| row.line);
    clashing.dedup_by_key(|row| row.line);
    list.extend(clashing.into_iter().map(|row| {
        row.problem(
            Column::Number,
            "clash",
            "This candidate is expected at another sitting at the same time.",
        )
    }));
    Ok(())
}

fn would_change(row: &RosterRow, attempt: &AttemptRow) -> bool {
    row.more
        .extra
        .is_some_and(|extra| (extra.percent, extra.fixed) != (attempt.extra.percent, attempt.extra.fixed))
}
