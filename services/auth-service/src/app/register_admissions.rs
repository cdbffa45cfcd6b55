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

#[cfg(test)]
mod tests {
    use auth_api::{Admission, AuthApi as _, SittingAdmissions};
    use authz::{AccountId, Actor, UnitPath};
    use foundation::{Id, Problem, Span, SystemRandom, Text};
    use test_kit::TestDatabase;

    use crate::http::testing::{Exam, Scene};

    async fn register(scene: &Scene, exam: &Exam, admissions: Vec<Admission>) -> Result<(), Problem> {
        let sitting = SittingAdmissions {
            sitting: exam.sitting,
            title: Text::new("Algebra, final").unwrap(),
            unit: exam.unit.clone(),
        };
        scene.service.register_admissions(&Actor::System("exam-service"), &sitting, admissions).await
    }

    fn admission(exam: &Exam) -> Admission {
        Admission {
            candidate: exam.candidate,
            attempt: exam.attempt,
            opens_at: exam.opens_at,
            closes_at: exam.closes_at,
        }
    }

    test_kit::on_both_databases! {
        async fn what_can_not_be_an_admission_changes_nothing(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let exam = scene.sitting_in(Span::from_minutes(10)).await;
            let fresh = |candidate: AccountId| Admission {
                attempt: Id::new(&scene.clock, &SystemRandom),
                candidate,
                ..admission(&exam)
            };
            let stranger = fresh(AccountId::from_uuid(uuid::Uuid::nil()));
            let backwards = Admission { closes_at: exam.opens_at, ..fresh(exam.candidate) };
            let twice = fresh(exam.candidate);
            for (wrong, field) in [
                (vec![stranger], "admissions[1].candidate"),
                (vec![backwards], "admissions[1].closes_at"),
                (vec![twice, twice], "admissions[2].attempt"),
            ] {
                let admissions = [vec![fresh(exam.candidate)], wrong].concat();
                let problem = register(&scene, &exam, admissions).await.unwrap_err();
                assert_eq!((problem.status, problem.errors[0].field.as_deref()), (422, Some(field)));
            }
            let mut conn = scene.service.db.read().await.unwrap();
            let count: i64 = db::on!(&mut conn, c => sqlx::query_scalar("SELECT count(*) FROM auth.admissions").fetch_one(c).await).unwrap();
            assert_eq!(count, 1);
        }

        async fn an_attempt_never_changes_hands(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let exam = scene.sitting_in(Span::from_minutes(10)).await;
            let thief = scene.candidate("2", &UnitPath::institution()).await;
            let stolen = Admission { candidate: thief, ..admission(&exam) };
            assert_eq!(register(&scene, &exam, vec![stolen]).await.unwrap_err().status, 422);
            let elsewhere = Exam { sitting: Id::new(&scene.clock, &SystemRandom), ..exam };
            assert_eq!(register(&scene, &elsewhere, vec![admission(&elsewhere)]).await.unwrap_err().status, 422);
        }

        async fn ten_thousand_admissions_are_handed_over_at_once_and_again(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let exam = scene.sitting_in(Span::from_minutes(10)).await;
            let admissions: Vec<Admission> = (0..10_000)
                .map(|_| Admission { attempt: Id::new(&scene.clock, &SystemRandom), ..admission(&exam) })
                .collect();
            register(&scene, &exam, admissions.clone()).await.unwrap();
            register(&scene, &exam, admissions.clone()).await.unwrap();
            let attempts: Vec<_> = admissions.iter().map(|admission| admission.attempt).collect();
            scene.service.revoke_admissions(&Actor::System("exam-service"), exam.sitting, &attempts).await.unwrap();
            let mut conn = scene.service.db.read().await.unwrap();
            let held: i64 = db::on!(&mut conn, c => sqlx::query_scalar("SELECT count(*) FROM auth.admissions WHERE revoked_at IS NULL").fetch_one(c).await).unwrap();
            assert_eq!(held, 1);
        }
    }
}
