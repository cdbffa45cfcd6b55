//! What a candidate's acts do to the delivery of their attempt.

use foundation::Instant;
use uuid::Uuid;

use super::{
    attempt::{AttemptState, RosterStatus},
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
    /// Issues the next lease to `device`, unless it holds the current one; makes a scheduled attempt ready. Says whether
    /// the lease is new.
    pub fn open(&mut self, device: Uuid) -> bool {
        if self.lease_device == Some(device) {
            return false;
        }
        self.lease_no += 1;
        self.lease_device = Some(device);
        if self.state == AttemptState::Scheduled {
            self.state = AttemptState::Ready;
        }
        true
    }

    /// Starts; says whether it was not started before.
    ///
    /// # Errors
    /// Why it isn't started.
    pub fn start(
        &mut self,
        rules: &TimeRules,
        extra: ExtraTime,
        lease_no: i64,
        at: Instant,
    ) -> Result<bool, NotStarted> {
        if lease_no != self.lease_no {
            return Err(NotStarted::LeaseStale(self.lease_no));
        }
        if self.started_at.is_some() {
            return Ok(false);
        }
        if !matches!(self.state, AttemptState::Scheduled | AttemptState::Ready) {
            return Err(NotStarted::Over);
        }
        may_start(rules, at)?;
        self.state = AttemptState::InProgress;
        self.started_at = Some(at);
        self.ends = Some(ends(rules, extra, at));
        Ok(true)
    }

    /// Hands in, if it is in progress, by its current lease, and not closed; says whether it did.
    pub fn hand_in(&mut self, lease_no: i64, at: Instant) -> bool {
        let is_open = matches!(self.state, AttemptState::InProgress | AttemptState::Paused)
            && self.ends.is_some_and(|ends| at <= ends.closes_at);
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
        }
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
        }
    }

    fn started() -> Delivery {
        let mut delivery = scheduled();
        delivery.open(DEVICE);
        delivery.start(&rules(), ExtraTime::default(), 1, at(0)).unwrap();
        delivery
    }

    #[test]
    fn a_device_keeps_its_lease_and_another_gets_the_next() {
        let mut delivery = scheduled();
        assert!(delivery.open(DEVICE));
        assert_eq!((delivery.lease_no, delivery.state), (1, AttemptState::Ready));
        assert!(!delivery.open(DEVICE));
        assert!(delivery.open(Uuid::from_u128(2)));
        assert_eq!(delivery.lease_no, 2);
    }

    #[test]
    fn an_attempt_is_started_once_and_keeps_its_first_times() {
        let mut delivery = started();
        let first = delivery;
        assert_eq!(first.ends.map(|ends| ends.deadline), Some(at(60)));
        assert_eq!(delivery.start(&rules(), ExtraTime::default(), 1, at(20)), Ok(false));
        assert_eq!(delivery, first);
    }

    #[test]
    fn a_start_is_refused_before_opening_with_a_stale_lease_and_when_it_is_over() {
        let mut delivery = scheduled();
        delivery.open(DEVICE);
        let start = |delivery: &mut Delivery, lease, minute| {
            delivery.start(&rules(), ExtraTime::default(), lease, at(minute))
        };
        assert_eq!(start(&mut delivery, 2, 0), Err(NotStarted::LeaseStale(1)));
        let early = NotStarted::NotNow(NotNow::NotOpenYet { opens_at: at(0) });
        assert_eq!(start(&mut delivery, 1, -1), Err(early));
        delivery.state = AttemptState::Absent;
        assert_eq!(start(&mut delivery, 1, 0), Err(NotStarted::Over));
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
