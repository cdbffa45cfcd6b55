//! Whether a candidate can check in now.

use authz::{AccountId, AttemptId, SittingId};
use foundation::{Instant, Span};

/// How long before an attempt may start check-in opens.
pub const CHECK_IN_OPENS_MINUTES: i64 = 60;
/// How long after the last possible close an exam ticket still opens its attempt: a device that was offline hands in
/// what it kept.
pub const TICKET_AFTER_CLOSE_HOURS: i64 = 24;

/// A candidate's right to check in to an attempt, as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandingAdmission {
    /// The attempt.
    pub attempt: AttemptId,
    /// Its sitting.
    pub sitting: SittingId,
    /// The candidate.
    pub candidate: AccountId,
    /// When the candidate may start.
    pub opens_at: Instant,
    /// The last moment at which the attempt can possibly close.
    pub closes_at: Instant,
    /// Whether the right was taken back.
    pub revoked: bool,
}

/// Why a candidate can't check in now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotNow {
    /// Check-in opens later.
    TooEarly {
        /// When.
        check_in_opens_at: Instant,
    },
    /// The sitting is over.
    Over {
        /// Since when.
        closed_at: Instant,
    },
    /// The candidate was withdrawn from the sitting, or the sitting was cancelled.
    Withdrawn,
}

impl StandingAdmission {
    /// When check-in opens.
    pub fn check_in_opens_at(&self) -> Instant {
        self.opens_at - Span::from_minutes(CHECK_IN_OPENS_MINUTES)
    }

    /// When a ticket for the attempt stops being good.
    pub fn ticket_expires_at(&self) -> Instant {
        self.closes_at + Span::from_minutes(60 * TICKET_AFTER_CLOSE_HOURS)
    }

    /// Lets the candidate check in at `now`.
    ///
    /// # Errors
    /// Says why not.
    pub fn check_in(&self, now: Instant) -> Result<(), NotNow> {
        if self.revoked {
            Err(NotNow::Withdrawn)
        } else if now < self.check_in_opens_at() {
            Err(NotNow::TooEarly { check_in_opens_at: self.check_in_opens_at() })
        } else if now >= self.closes_at {
            Err(NotNow::Over { closed_at: self.closes_at })
        } else {
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_in_opens_an_hour_early_and_ends_with_the_sitting() {
        let opens_at = Instant::from_micros(10_000_000_000);
        let admission = StandingAdmission {
            attempt: AttemptId::from_uuid(Default::default()),
            sitting: SittingId::from_uuid(Default::default()),
            candidate: AccountId::from_uuid(Default::default()),
            opens_at,
            closes_at: opens_at + Span::from_minutes(90),
            revoked: false,
        };
        let door = opens_at - Span::from_minutes(60);
        let tick = Span::from_micros(1);
        assert_eq!(admission.check_in(door - tick), Err(NotNow::TooEarly { check_in_opens_at: door }));
        assert_eq!(admission.check_in(door), Ok(()));
        assert_eq!(admission.check_in(admission.closes_at - tick), Ok(()));
        let closed_at = admission.closes_at;
        assert_eq!(admission.check_in(closed_at), Err(NotNow::Over { closed_at }));
        let withdrawn = StandingAdmission { revoked: true, ..admission };
        assert_eq!(withdrawn.check_in(door), Err(NotNow::Withdrawn));
    }
}
