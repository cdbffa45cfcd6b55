//! Whether a signal is recorded.

use foundation::Instant;

/// Violations kept of one attempt. What comes on top is counted: a device that sends more has made its point.
pub const VIOLATIONS_PER_ATTEMPT_MAX: i64 = 500;

/// What becomes of a signal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is recorded.
    Recorded,
    /// The attempt has as many as are kept: it is counted only.
    LeftOut,
    /// The attempt is over: nothing that happens now is part of it.
    Over,
}

/// What becomes of a signal that comes `now`, from an attempt that ended at `ended_at` (none: not that we know) and has
/// `violations` already. Whether the attempt was started isn't asked: that fact may still be on its way.
pub fn admit(ended_at: Option<Instant>, violations: i64, now: Instant) -> Fate {
    if ended_at.is_some_and(|ended_at| now > ended_at) {
        Fate::Over
    } else if violations >= VIOLATIONS_PER_ATTEMPT_MAX {
        Fate::LeftOut
    } else {
        Fate::Recorded
    }
}

#[cfg(test)]
mod tests {
    use foundation::Span;

    use super::*;

    #[test]
    fn a_signal_counts_until_the_attempt_is_over_and_its_shelf_is_full() {
        let now = Instant::from_micros(10);
        let before = now - Span::from_micros(1);
        assert_eq!(admit(None, 0, now), Fate::Recorded);
        assert_eq!(admit(Some(now), 0, now), Fate::Recorded);
        assert_eq!(admit(Some(before), 0, now), Fate::Over);
        assert_eq!(admit(None, VIOLATIONS_PER_ATTEMPT_MAX - 1, now), Fate::Recorded);
        assert_eq!(admit(None, VIOLATIONS_PER_ATTEMPT_MAX, now), Fate::LeftOut);
    }
}
