//! A rate limit as one moment per key (the generic cell rate algorithm).

use foundation::{Instant, Span};

/// How many requests, how fast.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// Requests at once, when none came for a while.
    pub burst: i64,
    /// One more becomes possible each time this long has passed.
    pub every: Span,
}

impl Rate {
    /// Takes one request that comes `now`. `full_at` is the key's moment: when its whole burst is there again.
    ///
    /// # Errors
    /// How long to wait, when there is none left; the key's moment then stays as it was.
    pub fn take(self, full_at: Option<Instant>, now: Instant) -> Result<Instant, Span> {
        let from = full_at.unwrap_or(now).max(now);
        let next = from + self.every;
        let allowed = now + self.every * self.burst;
        if next > allowed { Err(next.since(allowed)) } else { Ok(next) }
    }
}

/// Whole seconds to wait, at least one, for `Retry-After`.
pub fn retry_after(wait: Span) -> u32 {
    let seconds =
        wait.as_micros().div_euclid(1_000_000) + i64::from(wait.as_micros().rem_euclid(1_000_000) != 0);
    u32::try_from(seconds.max(1)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_passes_at_once_and_then_one_at_a_time() {
        let rate = Rate { burst: 3, every: Span::from_seconds(2) };
        let mut now = Instant::from_micros(0);
        let mut key = None;
        for _ in 0..3 {
            key = Some(rate.take(key, now).unwrap());
        }
        assert_eq!(rate.take(key, now).map_err(retry_after), Err(2));
        now = now + Span::from_seconds(2);
        key = Some(rate.take(key, now).unwrap());
        assert!(rate.take(key, now).is_err());
        now = now + Span::from_seconds(3_600);
        for _ in 0..3 {
            key = Some(rate.take(key, now).unwrap());
        }
        assert!(rate.take(key, now).is_err());
    }

    #[test]
    fn a_wait_is_told_in_whole_seconds_and_never_as_none() {
        assert_eq!(retry_after(Span::from_micros(1)), 1);
        assert_eq!(retry_after(Span::from_millis(1_001)), 2);
    }
}
