//! Makes visible what time has decided: attempts that are over, and attempts that nobody started.

use db::Tx;
use events::Signal;
use exam_api::{AttemptSubmitted, kinds};
use foundation::{Instant, Problem};
use telemetry::names;

use crate::{
    ExamService,
    domain::attempt::AttemptState,
    service::SCHEMA,
    store::{self, attempts::AttemptRow},
};

/// Attempts looked at in one round.
pub const ROUND_ATTEMPTS_MAX: i64 = 500;

/// Ends what has closed by `now`, as of the moment when it closed; answers how many attempts changed. None where the clock
/// isn't to be believed: another process, or a later round, ends them just as well.
///
/// # Errors
/// When the database can't be read or written; what was ended before stays ended.
pub async fn close_due_attempts(service: &ExamService, now: Instant) -> Result<usize, Problem> {
    if service.settings.standing.is_refused() {
        return Ok(0);
    }
    let mut conn = service.db.read().await?;
    let closing = store::attempts::due_to_close(&mut conn, now, ROUND_ATTEMPTS_MAX).await?;
    let absent = store::attempts::due_absent(&mut conn, now, ROUND_ATTEMPTS_MAX).await?;
    drop(conn);
    if !closing.is_empty() {
        // What waits in the queue came in time, or will be late all the same: it goes first, so that answers are
        // marked once. Were it another process's, the writer would have them marked anew.
        service.writer.settle().await?;
    }
    let mut changed = 0;
    for attempt in closing {
        let ended_at = attempt.closes_at.unwrap_or(now);
        changed += usize::from(end(service, &attempt, AttemptState::Submitted, ended_at).await?);
    }
    for attempt in absent {
        changed += usize::from(end(service, &attempt, AttemptState::Absent, now).await?);
    }
    Ok(changed)
}

async fn end(
    service: &ExamService,
    attempt: &AttemptRow,
    state: AttemptState,
    ended_at: Instant,
) -> Result<bool, Problem> {
    let mut tx = service.db.begin().await?;
    // Somebody may have given extra time since it was read: the version says so, and the next round looks again.
    if !store::attempts::end(&mut tx, attempt.id, attempt.version, state, ended_at).await? {
        return Ok(false);
    }
    if state == AttemptState::Submitted {
        record(service, &mut tx, attempt, ended_at).await?;
        metrics::counter!(names::EXAM_ATTEMPTS_COMPLETED_TOTAL).increment(1);
    }
    tx.commit().await?;
    service.signals.send(Signal::Attempt { attempt: attempt.id.uuid(), version: attempt.version + 1 });
    service.signals.send(Signal::Sitting { sitting: attempt.sitting_id.uuid() });
    Ok(true)
}

async fn record(
    service: &ExamService,
    tx: &mut Tx,
    attempt: &AttemptRow,
    ended_at: Instant,
) -> Result<(), Problem> {
    let fact = AttemptSubmitted {
        attempt_id: attempt.id,
        sitting_id: attempt.sitting_id,
        candidate_id: attempt.candidate_id,
        ended_at,
        handed_in: false,
    };
    events::record(tx, SCHEMA, &*service.clock, &*service.random, kinds::ATTEMPT_SUBMITTED, &fact).await?;
    Ok(())
}
