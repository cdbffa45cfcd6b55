//! Whether an entry counts.

use foundation::Instant;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::attempt::Gate;

/// How an entry was taken into the journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EntryStatus {
    /// In time, by the lease that may write: it counts.
    Taken,
    /// After the attempt closed: kept, and counts only if an officer admits it.
    Late,
    /// By a lease that another device has taken over from: kept, doesn't count.
    Superseded,
}

impl EntryStatus {
    /// The name on the wire and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Taken => "taken",
            Self::Late => "late",
            Self::Superseded => "superseded",
        }
    }

    /// The status with this name.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Taken, Self::Late, Self::Superseded].into_iter().find(|status| status.as_str() == name)
    }
}

/// Why an entry isn't kept at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The attempt hasn't been started.
    #[error("the attempt has not been started")]
    NotStarted,
    /// No such lease was ever issued.
    #[error("no such lease was issued")]
    NoSuchLease,
}

/// How an entry of `lease_no`, whose handler began at `taken_at`, is taken by an attempt that stands like `gate`.
///
/// # Errors
/// When the attempt hasn't started, or the lease was never issued.
pub fn admit(gate: &Gate, lease_no: i64, taken_at: Instant) -> Result<EntryStatus, Refused> {
    if lease_no < 1 || lease_no > gate.lease_no {
        Err(Refused::NoSuchLease)
    } else if !gate.has_started() {
        Err(Refused::NotStarted)
    } else if lease_no < gate.lease_no {
        Ok(EntryStatus::Superseded)
    } else if gate.takes(taken_at) {
        Ok(EntryStatus::Taken)
    } else {
        Ok(EntryStatus::Late)
    }
}

#[cfg(test)]
mod tests {
    use foundation::Span;

    use super::*;
    use crate::domain::attempt::AttemptState;

    const CLOSES: Instant = Instant::from_micros(60_000_000);

    fn gate() -> Gate {
        Gate {
            state: AttemptState::InProgress,
            lease_no: 2,
            closes_at: Some(CLOSES),
            ended_at: None,
            handed_in: false,
            paused_at: None,
            resumed_at: None,
        }
    }

    #[test]
    fn an_entry_counts_until_the_very_microsecond_of_closing() {
        let second = Span::from_seconds(1);
        assert_eq!(admit(&gate(), 2, CLOSES - second), Ok(EntryStatus::Taken));
        assert_eq!(admit(&gate(), 2, CLOSES), Ok(EntryStatus::Taken));
        assert_eq!(admit(&gate(), 2, CLOSES + Span::from_micros(1)), Ok(EntryStatus::Late));
        assert_eq!(admit(&gate(), 2, CLOSES + second), Ok(EntryStatus::Late));
    }

    #[test]
    fn an_entry_of_a_lease_that_was_taken_over_is_kept_as_superseded() {
        assert_eq!(admit(&gate(), 1, CLOSES - Span::from_seconds(9)), Ok(EntryStatus::Superseded));
        assert_eq!(admit(&gate(), 3, CLOSES), Err(Refused::NoSuchLease));
        assert_eq!(admit(&gate(), 0, CLOSES), Err(Refused::NoSuchLease));
    }

    #[test]
    fn after_the_hand_in_an_entry_is_late_and_before_the_start_it_is_refused() {
        let handed_in_at = CLOSES - Span::from_seconds(5);
        let submitted =
            Gate { state: AttemptState::Submitted, ended_at: Some(handed_in_at), handed_in: true, ..gate() };
        assert_eq!(admit(&submitted, 2, CLOSES - Span::from_seconds(9)), Ok(EntryStatus::Late));
        assert_eq!(admit(&submitted, 2, handed_in_at), Ok(EntryStatus::Late));
        let ready = Gate { state: AttemptState::Ready, closes_at: None, ..gate() };
        assert_eq!(admit(&ready, 2, CLOSES), Err(Refused::NotStarted));
    }

    #[test]
    fn what_was_on_its_way_when_the_clock_was_stopped_counts_and_what_came_while_it_stood_does_not() {
        let tick = Span::from_micros(1);
        let (from, until) = (CLOSES - Span::from_seconds(20), CLOSES - Span::from_seconds(9));
        let paused = Gate { state: AttemptState::Paused, paused_at: Some(from), ..gate() };
        assert_eq!(admit(&paused, 2, from - tick), Ok(EntryStatus::Taken));
        assert_eq!(admit(&paused, 2, from), Ok(EntryStatus::Late));
        assert_eq!(admit(&paused, 2, CLOSES + tick), Ok(EntryStatus::Late));
        // Whichever was written first, the entry or the end of the pause.
        let goes_on = Gate { state: AttemptState::InProgress, resumed_at: Some(until), ..paused };
        assert_eq!(admit(&goes_on, 2, from), Ok(EntryStatus::Late));
        assert_eq!(admit(&goes_on, 2, until - tick), Ok(EntryStatus::Late));
        assert_eq!(admit(&goes_on, 2, until), Ok(EntryStatus::Taken));
        // An invigilator may end it while its clock stands.
        let ended = Gate { state: AttemptState::Terminated, ended_at: Some(until), ..paused };
        assert_eq!(admit(&ended, 2, from - tick), Ok(EntryStatus::Taken));
        assert_eq!(admit(&ended, 2, from + tick), Ok(EntryStatus::Late));
    }

    #[test]
    fn an_end_that_was_noticed_first_makes_nothing_late_that_came_before_it() {
        let tick = Span::from_micros(1);
        let closed = Gate { state: AttemptState::Submitted, ended_at: Some(CLOSES), ..gate() };
        assert_eq!(admit(&closed, 2, CLOSES), Ok(EntryStatus::Taken));
        assert_eq!(admit(&closed, 2, CLOSES + tick), Ok(EntryStatus::Late));
        assert_eq!(admit(&closed, 1, CLOSES), Ok(EntryStatus::Superseded));

        let ended_at = CLOSES - Span::from_seconds(9);
        let terminated = Gate { state: AttemptState::Terminated, ended_at: Some(ended_at), ..gate() };
        assert_eq!(admit(&terminated, 2, ended_at - tick), Ok(EntryStatus::Taken));
        assert_eq!(admit(&terminated, 2, ended_at), Ok(EntryStatus::Late));
    }
}
