//! What a candidate's acts do to the delivery of their attempt.

use foundation::Instant;
use uuid::Uuid;

use super::{
    attempt::{AttemptState, RosterStatus},
    pauses::Pauses,
    takeover::DeviceMove,
    time::{Ends, ExtraTime, NotNow, TimeRules, ends, may_start},
};

/// The part of an attempt that its candidate's acts change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Where it stands.
    pub state: AttemptState,
    /// The lease that may write; 0 before the first.
    pub lease_no: i64,
    /// The device that holds it.
    pub lease_device: Option<Uuid>,
    /// When it was started.
    pub started_at: Option<Instant>,
    /// When it ends; none before the start.
    pub ends: Option<Ends>,
    /// When it was handed in.
    pub submitted_at: Option<Instant>,
    /// When it was seen to have ended, by whatever way.
    pub ended_at: Option<Instant>,
    /// When its clock was last stopped. No act of its candidate changes that.
    pub paused_at: Option<Instant>,
    /// The question that is open about another device.
    pub device_move: DeviceMove,
}

/// What decides when an attempt may start, and when it ends then.
#[derive(Clone, Copy, Debug)]
pub struct Rules<'a> {
    /// The attempt's own times.
    pub times: &'a TimeRules,
    /// When its clock has stood.
    pub pauses: &'a Pauses,
    /// Whether the whole sitting stands just now.
    pub is_paused: bool,
}

/// Why a candidate can't sit at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CannotSit {
    /// The sitting was called off.
    #[error("the sitting was called off")]
    Cancelled,
    /// They are to sit another time.
    #[error("the candidate is to sit another time")]
    Deferred,
    /// They were taken off the roster.
    #[error("the candidate was taken off the roster")]
    Withdrawn,
}

/// Why an attempt isn't started.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotStarted {
    /// Its candidate can't sit.
    #[error(transparent)]
    CannotSit(#[from] CannotSit),
    /// Another lease is the current one.
    #[error("lease {0} is the current one")]
    LeaseStale(i64),
    /// It is over.
    #[error("the attempt is over")]
    Over,
    /// Its clock stands.
    #[error("the attempt is paused")]
    Paused,
    /// The whole sitting's clock stands.
    #[error("the sitting is paused")]
    SittingPaused,
    /// Not at this time.
    #[error(transparent)]
    NotNow(#[from] NotNow),
}

/// Whether a candidate may sit at all.
///
/// # Errors
/// Why not.
pub const fn may_sit(cancelled_at: Option<Instant>, roster_status: RosterStatus) -> Result<(), CannotSit> {
    match (cancelled_at, roster_status) {
        (Some(_), _) => Err(CannotSit::Cancelled),
        (None, RosterStatus::Expected) => Ok(()),
        (None, RosterStatus::Deferred) => Err(CannotSit::Deferred),
        (None, RosterStatus::Withdrawn) => Err(CannotSit::Withdrawn),
    }
}

impl Delivery {
    /// Issues the next lease to `device`, which answers what was asked about moving; makes a scheduled attempt ready.
    pub fn issue(&mut self, device: Uuid) {
        self.lease_no += 1;
        self.lease_device = Some(device);
        self.device_move = DeviceMove::default();
        if self.state == AttemptState::Scheduled {
            self.state = AttemptState::Ready;
        }
    }

    /// Starts; says whether it was not started before. A start that came in time is one, even if a job was faster and took the
    /// candidate for absent.
    ///
    /// # Errors
    /// Why it isn't started.
    pub fn start(
        &mut self,
        rules: &Rules<'_>,
        extra: ExtraTime,
        lease_no: i64,
        at: Instant,
    ) -> Result<bool, NotStarted> {
        if lease_no != self.lease_no {
            return Err(NotStarted::LeaseStale(self.lease_no));
        }
        if self.state == AttemptState::Paused {
            return Err(NotStarted::Paused);
        }
        if self.started_at.is_some() {
            return Ok(false);
        }
        let may_start = may_start(rules.times, at);
        match self.state {
            AttemptState::Scheduled | AttemptState::Ready => {}
            AttemptState::Absent if may_start.is_ok() => self.ended_at = None,
            _ => return Err(NotStarted::Over),
        }
        if rules.is_paused {
            return Err(NotStarted::SittingPaused);
        }
        may_start?;
        self.state = AttemptState::InProgress;
        self.started_at = Some(at);
        self.ends = Some(ends(rules.times, extra, rules.pauses, at));
        Ok(true)
    }

    /// Hands in, if it was in progress at `at`, by its current lease, and not closed; says whether it did.
    pub fn hand_in(&mut self, lease_no: i64, at: Instant) -> bool {
        let runs = match self.state {
            AttemptState::InProgress => true,
            AttemptState::Paused => self.paused_at.is_some_and(|paused_at| at < paused_at),
            _ => false,
        };
        let is_open = runs && self.ends.is_some_and(|ends| at <= ends.closes_at);
        if !is_open || lease_no != self.lease_no {
            return false;
        }
        self.state = AttemptState::Submitted;
        self.submitted_at = Some(at);
        self.ended_at = Some(at);
        true
    }
}

#[cfg(test)]
mod tests {
    use foundation::Span;

    use super::*;
    use crate::domain::time::GRACE_DEFAULT;

    const DEVICE: Uuid = Uuid::from_u128(1);

    fn at(minute: i64) -> Instant {
        Instant::from_micros(0) + Span::from_minutes(minute)
    }

    fn rules() -> TimeRules {
        TimeRules {
            opens_at: at(0),
            entry_closes_at: at(30),
            window_ends_at: at(120),
            duration: Span::from_minutes(60),
            grace: GRACE_DEFAULT,
            spread: Span::ZERO,
        }
    }

    fn begin(delivery: &mut Delivery, lease_no: i64, minute: i64) -> Result<bool, NotStarted> {
        let (times, pauses) = (rules(), Pauses::default());
        let rules = Rules { times: &times, pauses: &pauses, is_paused: false };
        delivery.start(&rules, ExtraTime::default(), lease_no, at(minute))
    }

    fn scheduled() -> Delivery {
        Delivery {
            state: AttemptState::Scheduled,
            lease_no: 0,
            lease_device: None,
            started_at: None,
            ends: None,
            submitted_at: None,
            ended_at: None,
            paused_at: None,
            device_move: DeviceMove::default(),
        }
    }

    fn started() -> Delivery {
        let mut delivery = scheduled();
        delivery.issue(DEVICE);
        begin(&mut delivery, 1, 0).unwrap();
        delivery
    }

    #[test]
    fn the_first_lease_makes_an_attempt_ready_and_each_next_one_answers_who_had_asked() {
        let mut delivery = scheduled();
        delivery.issue(DEVICE);
        assert_eq!((delivery.lease_no, delivery.state), (1, AttemptState::Ready));
        delivery.device_move.asked_at = Some(at(1));
        delivery.issue(Uuid::from_u128(2));
        assert_eq!((delivery.lease_no, delivery.device_move), (2, DeviceMove::default()));
    }

    #[test]
    fn nobody_starts_while_the_sitting_stands_and_nobody_goes_on_while_the_attempt_does() {
        let (times, pauses) = (rules(), Pauses::default());
        let rules = Rules { times: &times, pauses: &pauses, is_paused: true };
        let mut delivery = scheduled();
        delivery.issue(DEVICE);
        let start = delivery.start(&rules, ExtraTime::default(), 1, at(0));
        assert_eq!(start, Err(NotStarted::SittingPaused));
        let mut paused = Delivery { state: AttemptState::Paused, paused_at: Some(at(5)), ..started() };
        assert_eq!(begin(&mut paused, 1, 6), Err(NotStarted::Paused));
        // What was under way when the clock was stopped counts.
        assert!(!Delivery { ..paused }.hand_in(1, at(5)));
        assert!(paused.hand_in(1, at(4)));
    }

    #[test]
    fn an_attempt_is_started_once_and_keeps_its_first_times() {
        let mut delivery = started();
        let first = delivery;
        assert_eq!(first.ends.map(|ends| ends.deadline), Some(at(60)));
        assert_eq!(begin(&mut delivery, 1, 20), Ok(false));
        assert_eq!(delivery, first);
    }

    #[test]
    fn a_start_is_refused_before_opening_with_a_stale_lease_and_when_it_is_over() {
        let mut delivery = scheduled();
        delivery.issue(DEVICE);
        assert_eq!(begin(&mut delivery, 2, 0), Err(NotStarted::LeaseStale(1)));
        let early = NotStarted::NotNow(NotNow::NotOpenYet { opens_at: at(0) });
        assert_eq!(begin(&mut delivery, 1, -1), Err(early));
        (delivery.state, delivery.ended_at) = (AttemptState::Absent, Some(at(31)));
        assert_eq!(begin(&mut delivery, 1, 31), Err(NotStarted::Over));
        // One that came in time and was overtaken by the job counts.
        assert_eq!(begin(&mut delivery, 1, 30), Ok(true));
        assert_eq!((delivery.state, delivery.ended_at), (AttemptState::InProgress, None));
        delivery.state = AttemptState::Terminated;
        assert_eq!(begin(&mut Delivery { started_at: None, ..delivery }, 1, 10), Err(NotStarted::Over));
    }

    #[test]
    fn a_hand_in_counts_to_the_very_microsecond_of_closing_and_once() {
        let closes_at = at(60) + GRACE_DEFAULT;
        assert!(!started().hand_in(1, closes_at + Span::from_micros(1)));
        assert!(!started().hand_in(2, at(10)));
        let mut delivery = started();
        assert!(delivery.hand_in(1, closes_at));
        assert_eq!((delivery.submitted_at, delivery.ended_at), (Some(closes_at), Some(closes_at)));
        assert!(!delivery.hand_in(1, at(10)));
        assert!(!scheduled().hand_in(0, at(10)));
    }

    #[test]
    fn nobody_sits_who_was_taken_off_or_whose_sitting_was_called_off() {
        assert_eq!(may_sit(None, RosterStatus::Expected), Ok(()));
        assert_eq!(may_sit(Some(at(0)), RosterStatus::Expected), Err(CannotSit::Cancelled));
        assert_eq!(may_sit(None, RosterStatus::Deferred), Err(CannotSit::Deferred));
        assert_eq!(may_sit(None, RosterStatus::Withdrawn), Err(CannotSit::Withdrawn));
    }
}
