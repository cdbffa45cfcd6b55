//! What a candidate's device says of times in which it reached no server.

use foundation::{Instant, Span};

/// Stalls shorter than this are the ordinary life of a network.
pub const STALL_MIN: Span = Span::from_seconds(5);

/// A time in which a device reached no server, by its own word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stall {
    /// From when.
    pub from: Instant,
    /// Until when.
    pub until: Instant,
}

impl Stall {
    /// What can be kept of it at `now`: what lies ahead can't have been lived through. None when less than
    /// [`STALL_MIN`] is left.
    pub fn until_now(self, now: Instant) -> Option<Self> {
        let until = self.until.min(now);
        (until.since(self.from) >= STALL_MIN).then_some(Self { until, ..self })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_ahead_is_cut_off_and_what_is_short_is_none() {
        let at = |seconds: i64| Instant::from_micros(seconds * 1_000_000);
        let stall = Stall { from: at(10), until: at(30) };
        assert_eq!(stall.until_now(at(60)), Some(stall));
        assert_eq!(stall.until_now(at(20)), Some(Stall { until: at(20), ..stall }));
        assert_eq!(stall.until_now(at(14)), None);
        assert_eq!(Stall { from: at(30), until: at(10) }.until_now(at(60)), None);
    }
}
