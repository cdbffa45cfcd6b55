//! exam-service hands over who may check in to what, and takes it back.

use std::collections::HashSet;

use auth_api::{ADMISSIONS_MAX, Admission, SittingAdmissions};
use authz::{AccountId, Actor, AttemptId, SittingId};
use foundation::{FieldProblem, Problem};

use crate::{AuthService, store};

/// Lets candidates check in. See [`auth_api::AuthApi::register_admissions`].
///
/// # Errors
/// As described there.
pub async fn register_admissions(
    service: &AuthService,
    actor: &Actor,
    sitting: &SittingAdmissions,
    admissions: &[Admission],
) -> Result<(), Problem> {
    let faults = faults(admissions);
    if !faults.is_empty() {
        return Err(refused(faults));
    }
    let candidates: HashSet<AccountId> = admissions.iter().map(|admission| admission.candidate).collect();
    let candidates: Vec<AccountId> = candidates.into_iter().collect();

    let now = service.clock.now();
    let mut tx = service.db.begin().await?;
    let known: HashSet<AccountId> =
        store::people::by_ids(&mut tx, &candidates).await?.into_iter().map(|person| person.id).collect();
    let strangers: Vec<FieldProblem> = admissions
        .iter()
        .enumerate()
        .filter(|(_, admission)| !known.contains(&admission.candidate))
        .map(|(index, _)| at(index, "candidate", "unknown", "There is no such person."))
        .collect();
    if !strangers.is_empty() {
        return Err(refused(strangers));
    }
    store::admissions::put_sitting(&mut tx, sitting, now).await?;
    let written = store::admissions::put(&mut tx, sitting.sitting, admissions).await?;
    if written != admissions.len() as u64 {
        let message = "An attempt belongs to another candidate or sitting.";
        return Err(refused(vec![FieldProblem::at("admissions", "conflict", message)]));
    }
    let subject = ("sitting", sitting.sitting.to_string());
    let detail = serde_json::json!({ "admissions": admissions.len() });
    service.record(&mut tx, actor, "admissions.registered", subject, detail).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes admissions back. See [`auth_api::AuthApi::revoke_admissions`].
///
/// # Errors
/// As described there.
pub async fn revoke_admissions(
    service: &AuthService,
    actor: &Actor,
    sitting: SittingId,
    attempts: &[AttemptId],
) -> Result<(), Problem> {
    let mut tx = service.db.begin().await?;
    let revoked = store::admissions::revoke(&mut tx, sitting, attempts, service.clock.now()).await?;
    if revoked > 0 {
        let subject = ("sitting", sitting.to_string());
        let detail = serde_json::json!({ "attempts": attempts });
        service.record(&mut tx, actor, "admissions.revoked", subject, detail).await?;
        tx.commit().await?;
    }
    Ok(())
}

fn faults(admissions: &[Admission]) -> Vec<FieldProblem> {
    if admissions.len() > ADMISSIONS_MAX {
        let message = format!("At most {ADMISSIONS_MAX} at a time.");
        return vec![FieldProblem::at("admissions", "too_many", message)];
    }
    let mut seen = HashSet::new();
    let mut faults = Vec::new();
    for (index, admission) in admissions.iter().enumerate() {
        if admission.closes_at <= admission.opens_at {
            faults.push(at(index, "closes_at", "before_opening", "Must lie behind opens_at."));
        }
        if !seen.insert(admission.attempt) {
            faults.push(at(index, "attempt", "duplicate", "This attempt is in the list already."));
        }
    }
    faults
}

fn at(index: usize, field: &str, code: &str, message: &str) -> FieldProblem {
    FieldProblem::at(format!("admissions[{index}].{field}"), code, message)
}

fn refused(errors: Vec<FieldProblem>) -> Problem {
    Problem::invalid("auth.admissions_invalid", "These admissions can't be taken; see `errors`.", errors)
}
