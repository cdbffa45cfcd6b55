//! Stopped clocks: how long an attempt's time stood still.
//!
//! An attempt's clock stands while its own pause or its sitting's is open; where both are, time stands once. A sitting's
//! pause moves the sitting's own times when it ends, so that who hadn't started loses nothing by it either.

use foundation::{Instant, Span};

/// A time during which a clock stood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pause {
    /// From when.
    pub from: Instant,
    /// Until when; none while it stands.
    pub until: Option<Instant>,
    /// Whether it was the whole sitting's.
    pub of_sitting: bool,
}

/// All pauses that concern one attempt, in any order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pauses(Vec<Pause>);

impl Pauses {
    /// These.
    pub const fn new(pauses: Vec<Pause>) -> Self {
        Self(pauses)
    }

    /// Whether the attempt's clock stands.
    pub fn is_open(&self) -> bool {
        self.0.iter().any(|pause| pause.until.is_none())
    }

    /// Whether the attempt's clock stands by a pause of its own.
    pub fn is_open_alone(&self) -> bool {
        self.0.iter().any(|pause| pause.until.is_none() && !pause.of_sitting)
    }

    /// How long the clock has stood since `since`, open pauses left out.
    pub fn stopped(&self, since: Instant) -> Span {
        union(self.0.iter(), since)
    }

    /// How much of it the sitting's own pauses don't account for: those have moved the sitting's window already.
    pub fn stopped_alone(&self, since: Instant) -> Span {
        self.stopped(since) - union(self.0.iter().filter(|pause| pause.of_sitting), since)
    }
}

/// How long at least one of `pauses` lasted after `since`.
fn union<'a>(pauses: impl Iterator<Item = &'a Pause>, since: Instant) -> Span {
    let mut times: Vec<(Instant, Instant)> =
        pauses.filter_map(|pause| Some((pause.from.max(since), pause.until?))).collect();
    times.sort_unstable();
    let mut stopped = Span::ZERO;
    let mut counted = since;
    for (from, until) in times {
        let from = from.max(counted);
        if until > from {
            stopped = stopped + until.since(from);
            counted = until;
        }
    }
    stopped
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(second: i64) -> Instant {
        Instant::from_micros(0) + Span::from_seconds(second)
    }

    fn pause(from: i64, until: i64, of_sitting: bool) -> Pause {
        Pause { from: at(from), until: Some(at(until)), of_sitting }
    }

    fn any_pauses() -> impl Strategy<Value = Vec<Pause>> {
        let one = (0_i64..120, 0_i64..60, any::<bool>());
        prop::collection::vec(one.prop_map(|(from, long, all)| pause(from, from + long, all)), 0..8)
    }

    #[test]
    fn where_two_pauses_are_open_at_once_time_stands_once() {
        let pauses = Pauses::new(vec![pause(10, 30, true), pause(20, 50, false), pause(25, 28, false)]);
        assert_eq!(pauses.stopped(at(0)), Span::from_seconds(40));
        assert_eq!(pauses.stopped(at(40)), Span::from_seconds(10));
        assert_eq!(pauses.stopped_alone(at(0)), Span::from_seconds(20));
        assert!(!pauses.is_open());
    }

    #[test]
    fn an_open_pause_counts_once_it_has_ended() {
        let open = Pause { from: at(10), until: None, of_sitting: true };
        let pauses = Pauses::new(vec![open, pause(0, 5, false)]);
        assert_eq!(pauses.stopped(at(0)), Span::from_seconds(5));
        assert!(pauses.is_open() && !pauses.is_open_alone());
    }

    proptest! {
        #[test]
        fn the_clock_stands_for_every_second_that_a_pause_covers_and_for_no_other(
            pauses in any_pauses(), since in 0_i64..100,
        ) {
            let covered = (since..200)
                .filter(|second| pauses.iter().any(|one| {
                    one.from <= at(*second) && one.until.is_some_and(|until| at(*second) < until)
                }))
                .count();
            let stopped = Pauses::new(pauses.clone()).stopped(at(since));
            prop_assert_eq!(stopped, Span::from_seconds(i64::try_from(covered).unwrap()));
            // The same pauses again, in another order, stop nothing more.
            let mut twice = pauses.clone();
            twice.extend(pauses.into_iter().rev());
            prop_assert_eq!(Pauses::new(twice).stopped(at(since)), stopped);
        }
    }
}
