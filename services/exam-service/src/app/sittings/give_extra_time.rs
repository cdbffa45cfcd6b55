//! An invigilator gives time, to all of a sitting or to one candidate, or takes back what was given by mistake.

use authz::{Action, Actor, AttemptId, SittingId};
use db::Tx;
use exam_api::CreditId;
use foundation::{FieldProblem, Instant, Problem, Span};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use super::{
    Reason,
    live::{LiveAttempt, live_one},
    load::{cancelled, load, load_attempt},
    refusal::cant_retime,
    retime::{Retiming, apply, tell},
};
use crate::{
    ExamService,
    app::audited,
    domain::{
        retime::{CantRetime, Retimed},
        time::ExtraTime,
    },
    store::{
        self,
        sittings::{CreditRow, SittingRow},
    },
};

/// Minutes given or taken back at a time, at most.
pub const GIVEN_MINUTES_MAX: i64 = 600;

/// What came of time for all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct ExtraTimeGiven {
    /// Attempts that get it: those that run, and those that haven't started.
    pub changed: usize,
    /// Of these, attempts that time had closed and that run again.
    pub reopened: usize,
    /// Attempts that are over for good: handed in, terminated, absent, or with nothing left even so.
    pub unchanged: usize,
}

/// Gives every attempt of the sitting more time; who is enrolled later gets it too. Attempts that time alone has
/// closed open again when there is time left for them, unless results are out or a person has marked them; what came
/// in between stays late until an officer admits it.
///
/// # Errors
/// 404 when the sitting isn't there or lies elsewhere; 409 when it was called off, when a running attempt would be cut
/// off, or when more would be taken back than was given; 422 for no time or too much of it.
pub async fn give_to_all(
    service: &ExamService,
    actor: &Actor,
    id: SittingId,
    minutes: i64,
    reason: &Reason,
) -> Result<ExtraTimeGiven, Problem> {
    let credit = checked(minutes)?;
    let mut conn = service.db.read().await?;
    load(&mut conn, actor, Action::Invigilate, id).await?;
    drop(conn);
    let now = service.clock.now();

    let mut tx = service.db.begin().await?;
    store::sittings::lock(&mut tx, id).await?;
    store::attempts::lock_sitting(&mut tx, id).await?;
    let sitting = load(&mut tx, actor, Action::Invigilate, id).await?;
    if sitting.cancelled_at.is_some() {
        return Err(cancelled());
    }
    if store::sittings::credit_to_all(&mut tx, id).await? + credit < Span::ZERO {
        return Err(cant_retime(CantRetime::MoreThanGiven));
    }
    let pauses = store::pauses::of_sittings(&mut tx, &[id]).await?;
    let (mut given, mut moved) = (ExtraTimeGiven::default(), Vec::new());
    let mut retiming = Retiming::default();
    for attempt in store::attempts::timed(&mut tx, id).await? {
        let extra = ExtraTime { credit: attempt.extra.credit + credit, ..attempt.extra };
        match retiming.note(&mut tx, &attempt, &sitting.times, extra, &pauses, now).await? {
            Ok((retimed, changed)) => {
                given.changed += 1;
                given.reopened += usize::from(matches!(retimed, Retimed::Reopened(_)));
                moved.push(changed);
            }
            Err(why @ (CantRetime::DeadlineWouldPass | CantRetime::MoreThanGiven)) => {
                return Err(cant_retime(why));
            }
            Err(_) => given.unchanged += 1,
        }
    }
    retiming.write(&mut tx, id, now).await?;
    record(service, &mut tx, actor, &sitting, None, credit, reason, now).await?;
    tx.commit().await?;
    tell(service, id, &moved);
    Ok(given)
}

/// Gives one attempt more time; one that time alone has closed opens again as in [`give_to_all`].
///
/// # Errors
/// As [`give_to_all`]; and 409 when the attempt is over for good.
pub async fn give_to_one(
    service: &ExamService,
    actor: &Actor,
    id: SittingId,
    attempt: AttemptId,
    minutes: i64,
    reason: &Reason,
) -> Result<LiveAttempt, Problem> {
    let credit = checked(minutes)?;
    let mut conn = service.db.read().await?;
    load(&mut conn, actor, Action::Invigilate, id).await?;
    load_attempt(&mut conn, id, attempt).await?;
    drop(conn);
    let now = service.clock.now();

    let mut tx = service.db.begin().await?;
    store::attempts::lock(&mut tx, &[attempt], true).await?;
    // Read behind the lock: whoever changes the sitting's times waits for it, or was here before.
    let sitting = load(&mut tx, actor, Action::Invigilate, id).await?;
    if sitting.cancelled_at.is_some() {
        return Err(cancelled());
    }
    let before = load_attempt(&mut tx, id, attempt).await?;
    let extra = ExtraTime { credit: before.extra.credit + credit, ..before.extra };
    let pauses = store::pauses::of_sittings(&mut tx, &[id]).await?;
    let (_, moved) =
        apply(&mut tx, &before, &sitting.times, extra, &pauses, now).await?.map_err(cant_retime)?;
    record(service, &mut tx, actor, &sitting, Some(attempt), credit, reason, now).await?;
    let after = load_attempt(&mut tx, id, attempt).await?;
    tx.commit().await?;
    tell(service, id, &[moved]);
    let mut conn = service.db.read().await?;
    live_one(service, &mut conn, &sitting, after).await
}

fn checked(minutes: i64) -> Result<Span, Problem> {
    if minutes != 0 && (-GIVEN_MINUTES_MAX..=GIVEN_MINUTES_MAX).contains(&minutes) {
        return Ok(Span::from_minutes(minutes));
    }
    let message = format!(
        "Give 1 to {GIVEN_MINUTES_MAX} minutes; a negative number takes back what was given by mistake."
    );
    let errors = vec![FieldProblem::at("minutes", "out_of_range", message)];
    Err(Problem::invalid("exam.extra_time_invalid", "This isn't an amount of time to give.", errors))
}

#[expect(clippy::too_many_arguments, reason = "one call for each, and every argument is another thing")]
async fn record(
    service: &ExamService,
    tx: &mut Tx,
    actor: &Actor,
    sitting: &SittingRow,
    attempt: Option<AttemptId>,
    credit: Span,
    reason: &Reason,
    now: Instant,
) -> Result<(), Problem> {
    let row = CreditRow {
        id: CreditId::new(&*service.clock, &*service.random),
        sitting_id: sitting.id,
        attempt_id: attempt,
        credit,
        reason: reason.to_string(),
        incident_id: None,
        given_by: actor.account(),
        given_at: now,
    };
    store::sittings::insert_credits(tx, &[row]).await?;
    let subject = match attempt {
        Some(attempt) => ("attempt", attempt.to_string()),
        None => ("sitting", sitting.id.to_string()),
    };
    let detail = json!({ "sitting": sitting.id, "seconds": credit.as_seconds(), "reason": reason });
    audited::record(service, tx, actor, "time.given", subject, detail).await?;
    Ok(())
}
