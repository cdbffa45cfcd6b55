//! A candidate's device reports what it noticed.

use authz::{Actor, AttemptId, Ticket};
use foundation::{Id, Problem, Text};
use proctoring_api::{SignalId, Violation, ViolationKind};
use telemetry::names;

use crate::{
    ProctoringService,
    domain::admission::{Fate, admit},
    store::{self, attempts::Whose, violations::NewViolation},
};

/// What the device noticed.
#[derive(Clone, Debug)]
pub struct Signal {
    /// The browser's name for it.
    pub id: SignalId,
    /// What was noticed.
    pub kind: ViolationKind,
    /// How long it lasted, in seconds.
    pub duration_seconds: Option<u32>,
    /// What the device adds.
    pub detail: Text<0, 500>,
}

/// Records `signal` of the actor's own attempt. The same signal again answers as the first time. None when the attempt
/// has as many violations as are kept: then it is counted only.
///
/// # Errors
/// 404 for somebody else's attempt, 409 when it is over, 429 when signals come too fast. None of them concerns the exam.
pub async fn record_violation(
    service: &ProctoringService,
    actor: &Actor,
    attempt: AttemptId,
    signal: Signal,
) -> Result<Option<Violation>, Problem> {
    let ticket = own_ticket(actor, attempt)?;
    let now = service.clock.now();
    service.paces.take(attempt, now)?;

    let mut tx = service.db.begin().await?;
    store::sittings::note(&mut tx, ticket.sitting).await?;
    let whose = Whose { attempt, sitting: ticket.sitting, candidate: ticket.candidate };
    let row = store::attempts::hold(&mut tx, whose).await?;
    if let Some(before) = store::violations::find_signal(&mut tx, attempt, signal.id).await? {
        return Ok(Some(before));
    }
    match admit(row.ended_at, row.violations, now) {
        Fate::Over => Err(Problem::conflict(
            "proctoring.attempt_over",
            "This attempt is over; nothing more is recorded.",
        )),
        Fate::LeftOut => {
            store::attempts::count_left_out(&mut tx, attempt).await?;
            tx.commit().await?;
            Ok(None)
        }
        Fate::Recorded => {
            let new = NewViolation {
                id: Id::new(&*service.clock, &*service.random),
                attempt,
                sitting: ticket.sitting,
                signal: signal.id,
                kind: signal.kind,
                duration_seconds: signal.duration_seconds,
                detail: signal.detail.into_string(),
                recorded_at: now,
            };
            store::violations::insert(&mut tx, &new).await?;
            store::attempts::count_violation(&mut tx, attempt).await?;
            tx.commit().await?;
            metrics::counter!(names::PROCTORING_VIOLATIONS_TOTAL, "kind" => signal.kind.as_str())
                .increment(1);
            Ok(Some(Violation {
                id: new.id,
                sitting_id: new.sitting,
                attempt_id: new.attempt,
                candidate_id: ticket.candidate,
                kind: new.kind,
                duration_seconds: new.duration_seconds,
                detail: new.detail,
                recorded_at: new.recorded_at,
                judgement: None,
                note: String::new(),
                judged_by: None,
                judged_at: None,
            }))
        }
    }
}

/// The ticket of this attempt; somebody else's attempt doesn't exist.
fn own_ticket(actor: &Actor, attempt: AttemptId) -> Result<&Ticket, Problem> {
    match actor {
        Actor::Ticket(ticket) if ticket.attempt == attempt => Ok(ticket),
        Actor::Anonymous => {
            Err(Problem::unauthenticated("auth.ticket_needed", "Check in first: this needs an exam ticket."))
        }
        _ => Err(no_such_attempt()),
    }
}

pub(super) fn no_such_attempt() -> Problem {
    Problem::not_found("proctoring.attempt_not_found", "There is no such attempt. Check in again.")
}
