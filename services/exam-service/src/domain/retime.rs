//! What new times do to an attempt: extra time for one or all, an accommodation, a longer window.
//!
//! An attempt that time alone has closed opens again when its new deadline lies ahead. One that was handed in or ended
//! by an invigilator stays as it is. Entries that came in between stay late until an officer admits them.

use foundation::{Instant, Span};

use super::{
    attempt::AttemptState,
    pauses::Pauses,
    time::{Ends, ExtraTime, TimeRules, ends},
};

/// What of an attempt decides.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    /// Its delivery state.
    pub state: AttemptState,
    /// When it was started.
    pub started_at: Option<Instant>,
    /// When its working time ends.
    pub deadline: Option<Instant>,
    /// When it was handed in; none when time closed it.
    pub submitted_at: Option<Instant>,
    /// Since when its clock stands; counts while it is paused.
    pub paused_at: Option<Instant>,
}

/// What new times do to an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retimed {
    /// It hasn't started: they count from then on.
    NotStarted,
    /// It runs, until then.
    Running(Ends),
    /// Time had closed it, and it was noticed: it opens again, until then.
    Reopened(Ends),
}

impl Retimed {
    /// When the attempt ends now.
    pub const fn ends(self) -> Option<Ends> {
        match self {
            Self::NotStarted => None,
            Self::Running(ends) | Self::Reopened(ends) => Some(ends),
        }
    }
}

/// Why new times do nothing to an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CantRetime {
    /// The candidate handed it in.
    #[error("the attempt was handed in")]
    HandedIn,
    /// An invigilator ended it.
    #[error("the attempt was ended by an invigilator")]
    Terminated,
    /// Nobody came.
    #[error("the candidate was absent")]
    Absent,
    /// Its result is out, or a person has marked it.
    #[error("its result is out, or a person has marked it")]
    Settled,
    /// It is over, and would be over with the new times too.
    #[error("the attempt is over, and would be with the new times too")]
    Over,
    /// Its deadline would lie in the past: a running attempt isn't cut off.
    #[error("the deadline would lie in the past")]
    DeadlineWouldPass,
    /// More time would be taken back than was ever given.
    #[error("more time would be taken back than was given")]
    MoreThanGiven,
}

/// What `rules` and `extra` do to an attempt at `now`.
///
/// # Errors
/// When they do nothing to it.
pub fn retime(
    standing: &Standing,
    rules: &TimeRules,
    extra: ExtraTime,
    pauses: &Pauses,
    now: Instant,
) -> Result<Retimed, CantRetime> {
    // While its clock stands, an attempt has the time left that it had then.
    let stands = standing.paused_at.filter(|_| standing.state == AttemptState::Paused);
    let now = stands.unwrap_or(now);
    let too_little = extra.credit < Span::ZERO;
    let reopens = match standing.state {
        AttemptState::Scheduled | AttemptState::Ready if too_little => return Err(CantRetime::MoreThanGiven),
        AttemptState::Scheduled | AttemptState::Ready => return Ok(Retimed::NotStarted),
        AttemptState::Absent => return Err(CantRetime::Absent),
        AttemptState::Terminated => return Err(CantRetime::Terminated),
        AttemptState::Submitted if standing.submitted_at.is_some() => return Err(CantRetime::HandedIn),
        AttemptState::Submitted => true,
        AttemptState::InProgress | AttemptState::Paused => false,
    };
    let Some(started_at) = standing.started_at else { return Err(CantRetime::Over) };
    if too_little {
        return Err(CantRetime::MoreThanGiven);
    }
    let ends = ends(rules, extra, pauses, started_at);
    if ends.deadline > now {
        return Ok(if reopens { Retimed::Reopened(ends) } else { Retimed::Running(ends) });
    }
    let was_over = standing.deadline.is_none_or(|deadline| deadline <= now);
    Err(if was_over { CantRetime::Over } else { CantRetime::DeadlineWouldPass })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: i64) -> Instant {
        Instant::from_micros(0) + Span::from_minutes(minute)
    }

    fn given(minutes: i64) -> ExtraTime {
        ExtraTime { credit: Span::from_minutes(minutes), ..ExtraTime::default() }
    }

    fn check(state: AttemptState, handed_in: bool, minutes: i64, now: i64) -> Result<i64, CantRetime> {
        let rules = TimeRules {
            opens_at: at(0),
            entry_closes_at: at(30),
            window_ends_at: at(60),
            duration: Span::from_minutes(60),
            grace: Span::from_seconds(30),
            spread: Span::ZERO,
        };
        let standing = Standing {
            state,
            started_at: Some(at(0)),
            deadline: Some(at(60)),
            submitted_at: handed_in.then_some(at(50)),
            paused_at: (state == AttemptState::Paused).then_some(at(55)),
        };
        let retimed = retime(&standing, &rules, given(minutes), &Pauses::default(), at(now))?;
        Ok(retimed.ends().map_or(-1, |ends| ends.deadline.as_seconds() / 60))
    }

    #[test]
    fn a_running_attempt_gets_its_time_and_is_never_cut_off() {
        assert_eq!(check(AttemptState::InProgress, false, 10, 59), Ok(70));
        assert_eq!(check(AttemptState::InProgress, false, 0, 59), Ok(60));
        assert_eq!(check(AttemptState::InProgress, false, -1, 10), Err(CantRetime::MoreThanGiven));
        let rules_of_70 = check(AttemptState::InProgress, false, 10, 65);
        assert_eq!(rules_of_70, Ok(70));
        assert_eq!(check(AttemptState::Ready, false, 10, 20), Ok(-1));
    }

    #[test]
    fn an_attempt_whose_clock_stands_gets_its_time_however_long_it_stands() {
        assert_eq!(check(AttemptState::Paused, false, 1, 500), Ok(61));
        assert_eq!(check(AttemptState::Paused, false, 0, 500), Ok(60));
    }

    #[test]
    fn what_time_alone_has_closed_opens_again_when_there_is_time_left() {
        assert_eq!(check(AttemptState::Submitted, false, 10, 65), Ok(70));
        assert_eq!(check(AttemptState::Submitted, false, 10, 70), Err(CantRetime::Over));
        assert_eq!(check(AttemptState::InProgress, false, 10, 71), Err(CantRetime::Over));
    }

    #[test]
    fn what_somebody_has_ended_stays_ended() {
        assert_eq!(check(AttemptState::Submitted, true, 10, 55), Err(CantRetime::HandedIn));
        assert_eq!(check(AttemptState::Submitted, true, -1, 55), Err(CantRetime::HandedIn));
        assert_eq!(check(AttemptState::Terminated, false, 10, 55), Err(CantRetime::Terminated));
        assert_eq!(check(AttemptState::Absent, false, 10, 55), Err(CantRetime::Absent));
    }
}
