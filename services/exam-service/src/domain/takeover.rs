//! Which device may write to an attempt: when a lease moves without a question, when its candidate is asked, and when
//! an invigilator is.

use foundation::{Instant, Span};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::attempt::{Gate, names};

/// How long an invigilator's consent is good for, in minutes: long enough to walk to another desk.
pub const CONSENT_MINUTES_MAX: i64 = 15;

/// Who decides that a running attempt moves to another device.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Takeover {
    /// Its candidate alone.
    #[default]
    Candidate,
    /// Its candidate asks, and an invigilator allows it.
    Invigilator,
}

names!(Takeover { Candidate = "candidate", Invigilator = "invigilator" });

/// The question that is open about moving an attempt to another device.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DeviceMove {
    /// The device that asks; none while nobody has asked.
    pub device: Option<Uuid>,
    /// Since when it asks.
    pub asked_at: Option<Instant>,
    /// Since when the attempt may move.
    pub allowed_at: Option<Instant>,
}

impl DeviceMove {
    /// Whether an invigilator's consent is good at `now`.
    pub fn is_allowed(&self, now: Instant) -> bool {
        self.allowed_at.is_some_and(|at| now <= at + Span::from_minutes(CONSENT_MINUTES_MAX))
    }

    /// Whether `device` may take the attempt at `now`. A consent is for the device that asked before it was given;
    /// where nobody had asked, for the first one that comes.
    pub fn allows(&self, device: Uuid, now: Instant) -> bool {
        self.is_allowed(now) && self.device.is_none_or(|asked| asked == device)
    }

    /// Whether somebody waits for an invigilator at `now`.
    pub fn waits(&self, now: Instant) -> bool {
        self.asked_at.is_some() && !self.is_allowed(now)
    }
}

/// How a device gets an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// It has the lease already.
    Holds,
    /// It gets the next one.
    Next,
}

/// Why a device doesn't get an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotHere {
    /// It runs on another device, and the candidate hasn't said that it shall move.
    #[error("the attempt runs on another device")]
    Elsewhere,
    /// It runs on another device, and no invigilator has agreed that it moves.
    #[error("an invigilator has to agree")]
    NeedsConsent,
    /// It ran on another device and is over: moving it would only cast doubt on what that one still holds.
    #[error("the attempt is over")]
    Over,
}

/// What `device` asks for.
#[derive(Clone, Copy, Debug)]
pub struct Asks {
    /// The device.
    pub device: Uuid,
    /// Whether its candidate has said that the other device stops writing.
    pub take_over: bool,
    /// When.
    pub now: Instant,
}

/// Whether a device gets the lease of an attempt that stands like `gate` and that `holder` has. Before the start
/// nothing can have been written, and the lease moves without a question. The same device always gets its own back: a
/// crashed page goes on where it was.
///
/// # Errors
/// When the attempt stays where it is.
pub fn open(
    gate: &Gate,
    holder: Option<Uuid>,
    policy: Takeover,
    question: &DeviceMove,
    asks: Asks,
) -> Result<Opening, NotHere> {
    if holder == Some(asks.device) {
        Ok(Opening::Holds)
    } else if holder.is_none() || !gate.has_started() {
        Ok(Opening::Next)
    } else if gate.is_closed(asks.now) {
        Err(NotHere::Over)
    } else if !asks.take_over {
        Err(NotHere::Elsewhere)
    } else if policy == Takeover::Candidate || question.allows(asks.device, asks.now) {
        Ok(Opening::Next)
    } else {
        Err(NotHere::NeedsConsent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::attempt::AttemptState;

    const NOW: Instant = Instant::from_micros(3_600_000_000);
    const HOLDER: Uuid = Uuid::from_u128(1);
    const OTHER: Uuid = Uuid::from_u128(2);

    fn gate(state: AttemptState) -> Gate {
        let started = !matches!(state, AttemptState::Scheduled | AttemptState::Ready);
        Gate {
            state,
            lease_no: 1,
            closes_at: started.then_some(NOW + Span::from_minutes(10)),
            ended_at: None,
            handed_in: false,
            paused_at: None,
            resumed_at: None,
        }
    }

    fn asks(device: Uuid, take_over: bool) -> Asks {
        Asks { device, take_over, now: NOW }
    }

    fn by(policy: Takeover, question: DeviceMove, take_over: bool) -> Result<Opening, NotHere> {
        open(&gate(AttemptState::InProgress), Some(HOLDER), policy, &question, asks(OTHER, take_over))
    }

    #[test]
    fn the_same_device_gets_its_own_back_whatever_the_policy() {
        for state in
            [AttemptState::Ready, AttemptState::InProgress, AttemptState::Paused, AttemptState::Submitted]
        {
            let nobody_asked = DeviceMove::default();
            let opening =
                open(&gate(state), Some(HOLDER), Takeover::Invigilator, &nobody_asked, asks(HOLDER, false));
            assert_eq!(opening, Ok(Opening::Holds));
        }
    }

    #[test]
    fn before_the_start_the_lease_moves_and_after_the_end_it_stays() {
        let to_another = |state, holder| {
            open(&gate(state), holder, Takeover::Invigilator, &DeviceMove::default(), asks(OTHER, false))
        };
        assert_eq!(to_another(AttemptState::Scheduled, None), Ok(Opening::Next));
        assert_eq!(to_another(AttemptState::Ready, Some(HOLDER)), Ok(Opening::Next));
        assert_eq!(to_another(AttemptState::Submitted, Some(HOLDER)), Err(NotHere::Over));
    }

    #[test]
    fn a_running_attempt_moves_when_its_candidate_says_so() {
        assert_eq!(by(Takeover::Candidate, DeviceMove::default(), false), Err(NotHere::Elsewhere));
        assert_eq!(by(Takeover::Candidate, DeviceMove::default(), true), Ok(Opening::Next));
    }

    #[test]
    fn where_an_invigilator_decides_consent_is_for_who_asked_and_for_a_while() {
        let asked = DeviceMove { device: Some(OTHER), asked_at: Some(NOW), allowed_at: None };
        let allowed = DeviceMove { allowed_at: Some(NOW), ..asked };
        let policy = Takeover::Invigilator;
        assert_eq!(by(policy, DeviceMove::default(), true), Err(NotHere::NeedsConsent));
        assert_eq!(by(policy, asked, true), Err(NotHere::NeedsConsent));
        assert_eq!(by(policy, allowed, false), Err(NotHere::Elsewhere));
        assert_eq!(by(policy, allowed, true), Ok(Opening::Next));
        assert_eq!(
            by(policy, DeviceMove { device: Some(HOLDER), ..allowed }, true),
            Err(NotHere::NeedsConsent)
        );
        assert_eq!(
            by(policy, DeviceMove { device: None, asked_at: None, ..allowed }, true),
            Ok(Opening::Next)
        );
        let long_ago = NOW - Span::from_minutes(CONSENT_MINUTES_MAX) - Span::from_micros(1);
        assert_eq!(
            by(policy, DeviceMove { allowed_at: Some(long_ago), ..asked }, true),
            Err(NotHere::NeedsConsent)
        );
        assert!(asked.waits(NOW) && !allowed.waits(NOW));
    }
}
