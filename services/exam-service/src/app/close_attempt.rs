//! Makes visible what time has decided: attempts that are over, and attempts that nobody started.

use std::collections::BTreeSet;

use authz::AttemptId;
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
/// Attempts ended in one transaction: not so many that saves would wait for it where one may write at a time.
const TRANSACTION_ATTEMPTS_MAX: usize = 100;

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
    if !closing.is_empty() || !absent.is_empty() {
        // What waits in the queue came in time, or will be late all the same: it goes first, so that answers are
        // marked once. Were it another process's, the writer would have them marked anew; and a start that came in time
        // is one, though the attempt was held to be absent.
        service.writer.settle().await?;
    }
    let mut changed = 0;
    for attempts in closing.chunks(TRANSACTION_ATTEMPTS_MAX) {
        changed += end(service, attempts, AttemptState::Submitted, now).await?;
    }
    for attempts in absent.chunks(TRANSACTION_ATTEMPTS_MAX) {
        changed += end(service, attempts, AttemptState::Absent, now).await?;
    }
    Ok(changed)
}

/// Ends attempts in one transaction, those that were started as of the moment when they closed; answers how many.
/// Somebody may have given one extra time since it was read: its version says so, and the next round looks again.
async fn end(
    service: &ExamService,
    attempts: &[AttemptRow],
    state: AttemptState,
    now: Instant,
) -> Result<usize, Problem> {
    let mut tx = service.db.begin().await?;
    let mut ids: Vec<AttemptId> = attempts.iter().map(|attempt| attempt.id).collect();
    ids.sort_unstable();
    let locked = store::attempts::lock(&mut tx, &ids, true).await?;
    let is_as_read = |attempt: &AttemptRow| {
        locked
            .get(&attempt.id)
            .is_some_and(|row| row.version == attempt.version && row.gate.ended_at.is_none())
    };
    let (mut ended, mut facts) = (Vec::with_capacity(attempts.len()), Vec::new());
    for attempt in attempts.iter().filter(|attempt| is_as_read(attempt)) {
        let ended_at = attempt.closes_at.unwrap_or(now);
        if state == AttemptState::Submitted {
            facts.push((kinds::ATTEMPT_SUBMITTED, fact(attempt, ended_at)?));
        }
        let version = attempt.version + 1;
        ended.push(AttemptRow { state, ended_at: Some(ended_at), version, ..attempt.clone() });
    }
    store::attempts::set_deliveries(&mut tx, &ended.iter().collect::<Vec<_>>()).await?;
    events::record_all(&mut tx, SCHEMA, &*service.clock, &*service.random, &facts).await?;
    tx.commit().await?;
    metrics::counter!(names::EXAM_ATTEMPTS_COMPLETED_TOTAL).increment(facts.len() as u64);
    for attempt in &ended {
        service.signals.send(Signal::Attempt { attempt: attempt.id.uuid(), version: attempt.version });
    }
    for sitting in ended.iter().map(|attempt| attempt.sitting_id.uuid()).collect::<BTreeSet<_>>() {
        service.signals.send(Signal::Sitting { sitting });
    }
    Ok(ended.len())
}

fn fact(attempt: &AttemptRow, ended_at: Instant) -> db::Result<String> {
    let fact = AttemptSubmitted {
        attempt_id: attempt.id,
        sitting_id: attempt.sitting_id,
        candidate_id: attempt.candidate_id,
        ended_at,
        handed_in: false,
    };
    events::payload(kinds::ATTEMPT_SUBMITTED, &fact)
}
