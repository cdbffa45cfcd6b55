//! A candidate hands in.

use authz::{Actor, AttemptId};
use foundation::Problem;

use super::{
    load::{AttemptView, load, no_such_attempt, own, view},
    start_attempt::{lease_stale, paused},
};
use crate::{
    ExamService,
    app::writer::{Command, Outcome},
    domain::attempt::AttemptState,
};

/// Hands the attempt in. Idempotent; and nobody needs to press the button: what was saved in time *is* the submission.
///
/// # Errors
/// 404 for somebody else's attempt; 409 before the start, while the clock stands, or with a lease that was taken
/// over.
pub async fn submit_attempt(
    service: &ExamService,
    actor: &Actor,
    id: AttemptId,
    lease_no: i64,
) -> Result<AttemptView, Problem> {
    own(actor, id)?;
    let now = service.clock.now();
    let Outcome::Submitted(_) =
        service.writer.run(Command::Submit { attempt: id, lease_no, at: now }).await?
    else {
        return Err(no_such_attempt());
    };
    let mut conn = service.db.read().await?;
    let loaded = load(&mut conn, id).await?;
    let attempt = &loaded.attempt;
    match attempt.state {
        AttemptState::Submitted | AttemptState::Terminated | AttemptState::Absent => {}
        AttemptState::Scheduled | AttemptState::Ready => {
            return Err(Problem::conflict("exam.not_started", "Start the exam first."));
        }
        AttemptState::InProgress | AttemptState::Paused if attempt.gate().is_closed(now) => {}
        AttemptState::Paused if lease_no == attempt.lease_no => return Err(paused()),
        AttemptState::InProgress | AttemptState::Paused => return Err(lease_stale(attempt.lease_no)),
    }
    view(service, &mut conn, &loaded, now).await
}
