//! Writes what new times do to attempts. See [`crate::domain::retime`].

use authz::{AttemptId, SittingId};
use db::Tx;
use events::Signal;
use foundation::{Instant, Problem};

use crate::{
    ExamService,
    domain::{
        retime::{CantRetime, Retimed, retime},
        time::{ExtraTime, TimeRules},
    },
    store::{
        self,
        attempts::{AttemptRow, NewTimes, Timed},
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

/// New times of a sitting's attempts whose rows are locked, written together: a hall of them is locked no longer than it must be.
#[derive(Default)]
#[must_use = "what was noted has to be written"]
pub(super) struct Retiming {
    times: Vec<NewTimes>,
    /// Whether the sitting's results are out; none until somebody asked.
    released: Option<bool>,
}

impl Retiming {
    /// Notes new times of an attempt. One whose result is out, or that a person has marked, doesn't open again: what was decided
    /// about it stays true.
    ///
    /// # Errors
    /// When the database can't be read or written.
    pub(super) async fn note(
        &mut self,
        tx: &mut Tx,
        attempt: &Timed,
        rules: &TimeRules,
        extra: ExtraTime,
        pauses: &SittingPauses,
        now: Instant,
    ) -> Result<Outcome, Problem> {
        let pauses = pauses.of(attempt.sitting_id, attempt.id);
        let rules = rules.of(attempt.id);
        let retimed = match retime(&attempt.standing, &rules, extra, &pauses, now) {
            Ok(retimed) => retimed,
            Err(why) => return Ok(Err(why)),
        };
        let mut version = attempt.version;
        if matches!(retimed, Retimed::Reopened(_)) {
            if self.is_released(tx, attempt.sitting_id).await?
                || store::results::is_marked_by_person(tx, attempt.id).await?
            {
                return Ok(Err(CantRetime::Settled));
            }
            if !store::attempts::reopen(tx, attempt.id, version).await? {
                return Err(changed_under_their_lock(attempt.sitting_id));
            }
            version += 1;
        }
        self.times.push(NewTimes { attempt: attempt.id, version, extra, ends: retimed.ends() });
        Ok(Ok((retimed, Moved { attempt: attempt.id, version: version + 1 })))
    }

    /// Writes what was noted.
    ///
    /// # Errors
    /// When the database can't be written.
    pub(super) async fn write(self, tx: &mut Tx, sitting: SittingId, now: Instant) -> Result<(), Problem> {
        let written = store::attempts::set_times(tx, &self.times, now).await?;
        if written == self.times.len() as u64 { Ok(()) } else { Err(changed_under_their_lock(sitting)) }
    }

    async fn is_released(&mut self, tx: &mut Tx, sitting: SittingId) -> Result<bool, Problem> {
        if let Some(released) = self.released {
            return Ok(released);
        }
        let released = store::results::released_at(tx, sitting, STAGE_RESULTS).await?.is_some();
        self.released = Some(released);
        Ok(released)
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
    let outcome = retiming.note(tx, &Timed::of(attempt), rules, extra, pauses, now).await?;
    retiming.write(tx, attempt.sitting_id, now).await?;
    Ok(outcome)
}

fn changed_under_their_lock(sitting: SittingId) -> Problem {
    Problem::internal(format!("attempts of sitting {sitting} changed under their lock"))
}

/// Tells those who look at the attempts, and at the sitting.
pub(super) fn tell(service: &ExamService, sitting: SittingId, moved: &[Moved]) {
    for Moved { attempt, version } in moved {
        service.signals.send(Signal::Attempt { attempt: attempt.uuid(), version: *version });
    }
    service.signals.send(Signal::Sitting { sitting: sitting.uuid() });
}
