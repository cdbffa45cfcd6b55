//! Back-off after failed sign-ins, by user name and source. Why it is built so: `docs/decisions/0001-lockout.md`.

use foundation::{Instant, Span};

/// Failures from one source that cost nothing: people mistype.
pub const FREE_FAILURES: i64 = 5;
/// The wait after the first failure that isn't free; each further one doubles it.
pub const BACKOFF_SECONDS_MIN: i64 = 2;
/// The longest wait.
pub const BACKOFF_SECONDS_MAX: i64 = 60;
/// Failures are forgotten when none was added for so long.
pub const FAILURES_FORGOTTEN_HOURS: i64 = 12;

/// Failed sign-ins of one user name from one source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failures {
    /// How many.
    pub count: i64,
    /// When the last one was.
    pub last_failed_at: Instant,
    /// Nobody is let in before.
    pub blocked_until: Instant,
}

impl Failures {
    /// The failures once this try is counted, before it is known whether it fails: tries made at the same time can't
    /// all be free.
    ///
    /// # Errors
    /// The moment until which nobody is let in, when that lies ahead; the try then isn't counted.
    pub fn count(before: Option<Self>, now: Instant) -> Result<Self, Instant> {
        let before = before.filter(|failures| now < failures.last_failed_at + forgotten());
        if let Some(failures) = before
            && now < failures.blocked_until
        {
            return Err(failures.blocked_until);
        }
        let count = before.map_or(0, |failures| failures.count) + 1;
        Ok(Self { count, last_failed_at: now, blocked_until: now + back_off(count) })
    }
}

/// How long failures are remembered.
pub const fn forgotten() -> Span {
    Span::from_minutes(60 * FAILURES_FORGOTTEN_HOURS)
}

fn back_off(count: i64) -> Span {
    let beyond = count - FREE_FAILURES - 1;
    if beyond < 0 {
        return Span::ZERO;
    }
    let doublings = u32::try_from(beyond).unwrap_or(u32::MAX).min(16);
    Span::from_seconds((BACKOFF_SECONDS_MIN << doublings).min(BACKOFF_SECONDS_MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistyping_is_free_and_guessing_waits_longer_each_time_up_to_a_minute() {
        let mut now = Instant::from_micros(0);
        let mut failures = None;
        let mut waits = Vec::new();
        for _ in 0..12 {
            let counted = Failures::count(failures, now).unwrap();
            waits.push(counted.blocked_until.since(now).as_seconds());
            now = counted.blocked_until;
            failures = Some(counted);
        }
        assert_eq!(waits, [0, 0, 0, 0, 0, 2, 4, 8, 16, 32, 60, 60]);
    }

    #[test]
    fn a_try_during_the_wait_is_refused_and_does_not_lengthen_it() {
        let now = Instant::from_micros(0);
        let failures =
            Failures { count: 9, last_failed_at: now, blocked_until: now + Span::from_seconds(32) };
        let during = now + Span::from_seconds(31);
        assert_eq!(Failures::count(Some(failures), during), Err(failures.blocked_until));
        assert!(Failures::count(Some(failures), failures.blocked_until).is_ok());
    }

    #[test]
    fn failures_of_yesterday_are_forgotten() {
        let now = Instant::from_micros(0);
        let failures = Failures { count: 30, last_failed_at: now, blocked_until: now };
        assert_eq!(Failures::count(Some(failures), now + forgotten()).unwrap().count, 1);
    }
}
