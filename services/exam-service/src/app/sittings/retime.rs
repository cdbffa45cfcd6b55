//! Writes what new times do to attempts. See [`crate::domain::retime`].

use authz::{AttemptId, SittingId};
use db::Tx;
use events::Signal;
use foundation::{Instant, Problem};

use crate::{
    ExamService,
    domain::{
        retime::{CantRetime, Retimed, Standing, retime},
        time::{ExtraTime, TimeRules},
    },
    store::{self, attempts::AttemptRow, pauses::SittingPauses, results::STAGE_RESULTS},
};

/// An attempt whose times changed, for those who look at it.
pub(super) struct Moved {
    pub attempt: AttemptId,
    pub version: i64,
}

/// What came of new times for one attempt.
pub(super) type Outcome = Result<(Retimed, Moved), CantRetime>;

/// Writes new times of an attempt whose row is locked. One whose result is out, or that a person has marked, doesn't
/// open again: what was decided about it stays true.
///
/// # Errors
/// When the database can't be read or written.
pub(super) async fn apply(
    tx: &mut Tx,
    attempt: &AttemptRow,
    rules: &TimeRules,
    extra: ExtraTime,
    pauses: &SittingPauses,
    now: Instant,
) -> Result<Outcome, Problem> {
    let standing = Standing {
        state: attempt.state,
        started_at: attempt.started_at,
        deadline: attempt.deadline,
        submitted_at: attempt.submitted_at,
        paused_at: attempt.paused_at,
    };
    let pauses = pauses.of(attempt.sitting_id, attempt.id);
    let rules = rules.of(attempt.id);
    let retimed = match retime(&standing, &rules, extra, &pauses, now) {
        Ok(retimed) => retimed,
        Err(why) => return Ok(Err(why)),
    };
    let mut version = attempt.version;
    if matches!(retimed, Retimed::Reopened(_)) {
        let released = store::results::released_at(tx, attempt.sitting_id, STAGE_RESULTS).await?.is_some();
        if released || store::results::is_marked_by_person(tx, attempt.id).await? {
            return Ok(Err(CantRetime::Settled));
        }
        moved_if(store::attempts::reopen(tx, attempt.id, version).await?, attempt)?;
        version += 1;
    }
    moved_if(store::attempts::set_time(tx, attempt.id, version, extra, retimed.ends()).await?, attempt)?;
    store::attempts::told(tx, attempt.id, now).await?;
    Ok(Ok((retimed, Moved { attempt: attempt.id, version: version + 1 })))
}

fn moved_if(written: bool, attempt: &AttemptRow) -> Result<(), Problem> {
    if written {
        Ok(())
    } else {
        Err(Problem::internal(format!("attempt {} changed under its lock", attempt.id)))
    }
}

/// Tells those who look at the attempts, and at the sitting.
pub(super) fn tell(service: &ExamService, sitting: SittingId, moved: &[Moved]) {
    for Moved { attempt, version } in moved {
        service.signals.send(Signal::Attempt { attempt: attempt.uuid(), version: *version });
    }
    service.signals.send(Signal::Sitting { sitting: sitting.uuid() });
}
