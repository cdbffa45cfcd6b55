//! How fast one attempt may send signals, as one moment per attempt (the generic cell rate algorithm).

use foundation::{Instant, Span};

/// Signals that an attempt may send at once, when it sent none for a while.
pub const BURST_SIGNALS_MAX: i64 = 30;
/// One more becomes possible each time this long has passed.
pub const SIGNAL_EVERY: Span = Span::from_seconds(2);

/// Takes one signal that comes `now`. `full_at` is the attempt's moment: when its whole burst is there again.
///
/// # Errors
/// How long to wait, when there is none left; the attempt's moment then stays as it was.
pub fn take(full_at: Option<Instant>, now: Instant) -> Result<Instant, Span> {
    let next = full_at.map_or(now, |full_at| full_at.max(now)) + SIGNAL_EVERY;
    let latest = now + SIGNAL_EVERY * BURST_SIGNALS_MAX;
    if next <= latest { Ok(next) } else { Err(next.since(latest)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_passes_at_once_and_then_one_each_two_seconds() {
        let start = Instant::from_micros(0);
        let mut full_at = None;
        for _ in 0..BURST_SIGNALS_MAX {
            full_at = Some(take(full_at, start).unwrap());
        }
        assert_eq!(take(full_at, start), Err(SIGNAL_EVERY));
        let later = start + SIGNAL_EVERY;
        full_at = Some(take(full_at, later).unwrap());
        assert_eq!(take(full_at, later + Span::from_millis(500)), Err(Span::from_millis(1_500)));
    }
}
