//! Stopped clocks: how long an attempt's time stood still.
//!
//! An attempt's clock stands while its own pause or its sitting's is open, and stood during an outage that was credited;
//! where several are, time stands once. A sitting's pause moves the sitting's own times when it ends, and so does an
//! outage, so that who hadn't started loses nothing by it either.

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

/// A time in which no answer could be taken in, and which the sitting was credited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Outage {
    /// From when: not before the sitting opened.
    pub from: Instant,
    /// Until when.
    pub until: Instant,
}

/// All pauses and credited outages that concern one attempt, in any order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pauses {
    pauses: Vec<Pause>,
    outages: Vec<Outage>,
}

impl Pauses {
    /// These pauses, and no outage.
    pub const fn new(pauses: Vec<Pause>) -> Self {
        Self { pauses, outages: Vec::new() }
    }

    /// The same, and these outages.
    pub fn with_outages(self, mut outages: Vec<Outage>) -> Self {
        outages.sort_unstable();
        Self { outages, ..self }
    }

    /// Whether the attempt's clock stands.
    pub fn is_open(&self) -> bool {
        self.pauses.iter().any(|pause| pause.until.is_none())
    }

    /// Whether the attempt's clock stands by a pause of its own.
    pub fn is_open_alone(&self) -> bool {
        self.pauses.iter().any(|pause| pause.until.is_none() && !pause.of_sitting)
    }

    /// When the clock has stood after `since`, in order and apart from one another. An open pause, and what lies in it,
    /// counts once it has ended.
    pub fn stood(&self, since: Instant) -> Vec<(Instant, Instant)> {
        let open = earliest(self.pauses.iter().filter(|pause| pause.until.is_none()));
        union(self.ended(|_| true).chain(self.outages()), since, open)
    }

    /// How long the clock has stood since `since`.
    pub fn stopped(&self, since: Instant) -> Span {
        length(&self.stood(since))
    }

    /// How far the sitting's own entry and window have moved, by all of this that was the whole sitting's.
    pub fn moved(&self) -> Span {
        self.moved_before(END)
    }

    /// The part of [`moved`](Self::moved) that lies before `at`.
    pub fn moved_before(&self, at: Instant) -> Span {
        let of_sitting = self.pauses.iter().filter(|pause| pause.of_sitting && pause.until.is_none());
        let until = earliest(of_sitting).map_or(at, |open| open.min(at));
        length(&union(self.ended(|pause| pause.of_sitting).chain(self.outages()), BEGINNING, Some(until)))
    }

    /// How long pauses have stopped the clock between `since` and `until`, outages apart.
    pub fn paused(&self, since: Instant, until: Instant) -> Span {
        let open = earliest(self.pauses.iter().filter(|pause| pause.until.is_none()));
        let until = open.map_or(until, |open| open.min(until));
        length(&union(self.ended(|_| true), since, Some(until)))
    }

    /// What each outage that began between `since` and `until` has added to the pauses and to those before it, where it
    /// has added anything.
    pub fn credited(&self, since: Instant, until: Instant) -> Vec<(Outage, Span)> {
        let mut seen = Self { outages: Vec::new(), ..self.clone() };
        let mut before = seen.stopped(since);
        let mut credited = Vec::new();
        for outage in self.outages.iter().filter(|outage| outage.from < until) {
            seen.outages.push(*outage);
            let after = seen.stopped(since);
            if after > before {
                credited.push((*outage, after - before));
            }
            before = after;
        }
        credited
    }

    fn ended(&self, which: impl Fn(&Pause) -> bool) -> impl Iterator<Item = (Instant, Instant)> {
        self.pauses
            .iter()
            .filter(move |pause| which(pause))
            .filter_map(|pause| Some((pause.from, pause.until?)))
    }

    fn outages(&self) -> impl Iterator<Item = (Instant, Instant)> {
        self.outages.iter().map(|outage| (outage.from, outage.until))
    }
}

const BEGINNING: Instant = Instant::from_micros(i64::MIN);
const END: Instant = Instant::from_micros(i64::MAX);

fn earliest<'a>(pauses: impl Iterator<Item = &'a Pause>) -> Option<Instant> {
    pauses.map(|pause| pause.from).min()
}

fn length(times: &[(Instant, Instant)]) -> Span {
    times.iter().fold(Span::ZERO, |sum, (from, until)| sum + until.since(*from))
}

/// The times that at least one of `times` covers after `since`, and before `until` if that is said; in order, apart
/// from one another.
pub fn union(
    times: impl Iterator<Item = (Instant, Instant)>,
    since: Instant,
    until: Option<Instant>,
) -> Vec<(Instant, Instant)> {
    let until = until.unwrap_or(END);
    let mut times: Vec<(Instant, Instant)> =
        times.map(|(from, to)| (from.max(since), to.min(until))).filter(|(from, to)| from < to).collect();
    times.sort_unstable();
    let mut apart: Vec<(Instant, Instant)> = Vec::with_capacity(times.len());
    for (from, to) in times {
        match apart.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => apart.push((from, to)),
        }
    }
    apart
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
        assert_eq!(pauses.moved(), Span::from_seconds(20));
        assert!(!pauses.is_open());
    }

    #[test]
    fn an_open_pause_counts_once_it_has_ended() {
        let open = Pause { from: at(10), until: None, of_sitting: true };
        let pauses = Pauses::new(vec![open, pause(0, 5, false)]);
        assert_eq!(pauses.stopped(at(0)), Span::from_seconds(5));
        assert!(pauses.is_open() && !pauses.is_open_alone());
    }

    #[test]
    fn what_lies_in_an_open_pause_counts_once_the_pause_has_ended() {
        let outage = Outage { from: at(15), until: at(25) };
        let alone = |until| Pause { from: at(10), until, of_sitting: false };
        let open = Pauses::new(vec![alone(None)]).with_outages(vec![outage]);
        assert_eq!((open.stopped(at(0)), open.moved()), (Span::ZERO, Span::from_seconds(10)));
        let ended = Pauses::new(vec![alone(Some(at(40)))]).with_outages(vec![outage]);
        assert_eq!((ended.stopped(at(0)), ended.moved()), (Span::from_seconds(30), Span::from_seconds(10)));
        assert_eq!(ended.credited(at(0), at(99)), []);
        // The sitting's own pause moves its times when it ends, by all of it.
        let all = Pause { of_sitting: true, ..alone(None) };
        assert_eq!(Pauses::new(vec![all]).with_outages(vec![outage]).moved(), Span::ZERO);
    }

    #[test]
    fn an_outage_credits_what_no_pause_and_no_other_outage_has() {
        let outages = vec![Outage { from: at(35), until: at(50) }, Outage { from: at(20), until: at(40) }];
        let pauses = Pauses::new(vec![pause(10, 30, false)]).with_outages(outages.clone());
        let credited = |since, until| pauses.credited(at(since), at(until));
        let ten = Span::from_seconds(10);
        assert_eq!(credited(0, 99), [(outages[1], ten), (outages[0], ten)]);
        assert_eq!(credited(0, 30), [(outages[1], ten)]);
        assert_eq!(credited(45, 99), [(outages[0], Span::from_seconds(5))]);
        assert_eq!(pauses.paused(at(0), at(99)), Span::from_seconds(20));
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

        #[test]
        fn pauses_and_what_outages_add_to_them_are_all_the_time_that_the_clock_stood(
            pauses in any_pauses(), outages in prop::collection::vec((0_i64..120, 1_i64..60), 0..6), since in 0_i64..100,
        ) {
            let outages = outages.into_iter().map(|(from, long)| Outage { from: at(from), until: at(from + long) }).collect();
            let all = Pauses::new(pauses).with_outages(outages);
            let added = all.credited(at(since), at(500)).iter().fold(Span::ZERO, |sum, (_, span)| sum + *span);
            prop_assert_eq!(all.paused(at(since), at(500)) + added, all.stopped(at(since)));
            prop_assert_eq!(all.moved_before(at(60)) + length(&union(
                all.ended(|pause| pause.of_sitting).chain(all.outages()), at(60), None,
            )), all.moved());
        }
    }
}
