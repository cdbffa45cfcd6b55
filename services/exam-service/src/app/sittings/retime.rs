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
    store::{
        self,
        attempts::{AttemptRow, NewTimes},
        pauses::SittingPauses,
        results::STAGE_RESULTS,
    },
};

/// An attempt whose times changed, for those who look at it.
pub(super) struct Moved {
    pub attempt: AttemptId,
    pub version: i64,
}

/// What came of new times for one attempt.
pub(super) type Outcome = Result<(Retimed, Moved), CantRetime>;

/// New times of attempts whose rows are locked, written together: a hall of them is locked no longer than it must be.
#[derive(Default)]
pub(super) struct Retiming(Vec<NewTimes>);

impl Retiming {
    /// Notes new times of an attempt. One whose result is out, or that a person has marked, doesn't open again: what was decided
    /// about it stays true.
    ///
    /// # Errors
    /// When the database can't be read or written.
    pub(super) async fn note(
        &mut self,
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
            let released =
                store::results::released_at(tx, attempt.sitting_id, STAGE_RESULTS).await?.is_some();
            if released || store::results::is_marked_by_person(tx, attempt.id).await? {
                return Ok(Err(CantRetime::Settled));
            }
            if !store::attempts::reopen(tx, attempt.id, version).await? {
                return Err(changed_under_its_lock());
            }
            version += 1;
        }
        self.0.push(NewTimes { attempt: attempt.id, version, extra, ends: retimed.ends() });
        Ok(Ok((retimed, Moved { attempt: attempt.id, version: version + 1 })))
    }

    /// Writes what was noted.
    ///
    /// # Errors
    /// When the database can't be written.
    pub(super) async fn write(self, tx: &mut Tx, now: Instant) -> Result<(), Problem> {
        let Self(times) = self;
        let written = store::attempts::set_times(tx, &times, now).await?;
        if written == times.len() as u64 { Ok(()) } else { Err(changed_under_its_lock()) }
    }
}

/// Writes new times of one attempt whose row is locked; see [`Retiming`].
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
    let mut retiming = Retiming::default();
    let outcome = retiming.note(tx, attempt, rules, extra, pauses, now).await?;
    retiming.write(tx, now).await?;
    Ok(outcome)
}

fn changed_under_its_lock() -> Problem {
    Problem::internal("an attempt changed under its lock")
}

/// Tells those who look at the attempts, and at the sitting.
pub(super) fn tell(service: &ExamService, sitting: SittingId, moved: &[Moved]) {
    for Moved { attempt, version } in moved {
        service.signals.send(Signal::Attempt { attempt: attempt.uuid(), version: *version });
    }
    service.signals.send(Signal::Sitting { sitting: sitting.uuid() });
}
