//! Outages: times in which no replica could take an answer in, measured by what the writers leave behind.
//!
//! Each writer says once a second, by the way that an answer goes, that it is alive. What it says is kept as stretches
//! of time. The answers of a sitting could be taken in while at least one writer was alive: an outage is a gap in the
//! union of all stretches. Whoever begins a new stretch, after a start or after it was kept from writing, looks for it;
//! nobody else has to, as a gap of the union is a gap of each writer.

use foundation::{Instant, Span};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::attempt::names;

/// A writer that is alive says so this often.
pub const BEAT_EVERY: Span = Span::from_seconds(1);
/// Gaps longer than this are outages. Shorter ones no candidate sees: the player sends an answer again after as long.
pub const OUTAGE_LONGER_THAN: Span = Span::from_seconds(5);
/// Stretches that ended this long ago are forgotten, the last one apart.
pub const STRETCHES_KEPT: Span = Span::from_minutes(24 * 60);
/// By how much replicas' clocks may differ; a stretch that ends further ahead was written by a clock that was wrong.
pub const CLOCKS_APART_MAX: Span = Span::from_seconds(1);
/// What a sitting credits of one outage at most unless it says otherwise: nobody waits in a hall for longer.
pub const OUTAGE_CREDIT_MINUTES_DEFAULT: u32 = 60;
/// What it may say.
pub const OUTAGE_CREDIT_MINUTES_MAX: u32 = 600;

/// A time in which no answer could be taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// When a writer was last alive.
    pub from: Instant,
    /// When one was again.
    pub until: Instant,
}

impl Gap {
    /// How long it was.
    pub const fn span(&self) -> Span {
        self.until.since(self.from)
    }
}

/// A writer's own last sign of life: on the wall's clock, and on the one that nobody can set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LastBeat {
    /// When it was.
    pub at: Instant,
    /// The same on the steady clock of its process.
    pub steady: Span,
}

impl LastBeat {
    /// How long ago it was: the shorter of what both clocks say. A clock that was put on makes no outage.
    pub fn ago(&self, now: Instant, steady: Span) -> Span {
        now.since(self.at).min(steady - self.steady)
    }
}

/// The outage that ends with the sign of life that a writer gives at `now`, if there was one. `last` is when any writer
/// was last alive; `own` the last sign of this one, none in a process that has just begun.
pub fn gap(last: Option<Instant>, own: Option<LastBeat>, now: Instant, steady: Span) -> Option<Gap> {
    let last = last?;
    let from = own.map_or(last, |own| last.max(now - own.ago(now, steady)));
    let gap = Gap { from, until: now };
    (gap.span() > OUTAGE_LONGER_THAN).then_some(gap)
}

/// What a sitting does about an outage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OutageDecision {
    /// Everybody concerned gets the time back.
    Credited,
    /// Longer than the sitting credits by itself: a person decides.
    TooLong,
    /// The sitting credits no outages by itself.
    Off,
}

names!(OutageDecision { Credited = "credited", TooLong = "too_long", Off = "off" });

/// What a sitting that credits at most `credit_max` of one outage does about `gap`.
pub fn decide(credit_max: Span, gap: &Gap) -> OutageDecision {
    if credit_max <= Span::ZERO {
        OutageDecision::Off
    } else if gap.span() > credit_max {
        OutageDecision::TooLong
    } else {
        OutageDecision::Credited
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::pauses::union;

    fn at(second: i64) -> Instant {
        Instant::from_micros(0) + Span::from_seconds(second)
    }

    fn steady(second: i64) -> Span {
        Span::from_seconds(1_000 + second)
    }

    #[test]
    fn a_process_that_begins_finds_how_long_nobody_was_there() {
        assert_eq!(gap(Some(at(10)), None, at(130), steady(0)), Some(Gap { from: at(10), until: at(130) }));
        assert_eq!(gap(Some(at(10)), None, at(15), steady(0)), None);
        // The first one ever, and one behind whose back others were alive.
        assert_eq!(gap(None, None, at(130), steady(0)), None);
        assert_eq!(gap(Some(at(131)), None, at(130), steady(0)), None);
    }

    #[test]
    fn a_clock_that_is_put_on_or_back_makes_no_outage() {
        let own = Some(LastBeat { at: at(10), steady: steady(10) });
        assert_eq!(gap(Some(at(10)), own, at(3_611), steady(11)), None);
        assert_eq!(gap(Some(at(10)), own, at(-3_600), steady(11)), None);
        // Both at once: what has really passed counts.
        let gap = gap(Some(at(10)), own, at(3_640), steady(40));
        assert_eq!(gap, Some(Gap { from: at(3_610), until: at(3_640) }));
    }

    #[test]
    fn a_sitting_credits_an_outage_up_to_its_own_measure() {
        let minutes = |minutes: i64| Gap { from: at(0), until: at(60 * minutes) };
        let hour = Span::from_minutes(60);
        assert_eq!(decide(hour, &minutes(60)), OutageDecision::Credited);
        assert_eq!(decide(hour, &minutes(61)), OutageDecision::TooLong);
        assert_eq!(decide(Span::ZERO, &minutes(1)), OutageDecision::Off);
    }

    /// One writer's life: when its signs of life come, in order.
    fn any_life() -> impl Strategy<Value = Vec<i64>> {
        prop::collection::btree_set(0_i64..240, 0..80).prop_map(|seconds| seconds.into_iter().collect())
    }

    proptest! {
        #[test]
        fn the_outages_that_writers_find_are_the_gaps_in_the_union_of_their_lives(
            lives in prop::collection::vec(any_life(), 1..4),
        ) {
            // All signs of life in the order of time, as a database sees them.
            let mut beats: Vec<(i64, usize)> = Vec::new();
            for (writer, life) in lives.iter().enumerate() {
                beats.extend(life.iter().map(|second| (*second, writer)));
            }
            beats.sort_unstable();
            let mut own: Vec<Option<LastBeat>> = vec![None; lives.len()];
            let mut last: Option<Instant> = None;
            let mut found = Vec::new();
            for (second, writer) in &beats {
                let (now, steady) = (at(*second), steady(*second));
                let begins = own[*writer].is_none_or(|own| own.ago(now, steady) > OUTAGE_LONGER_THAN);
                if begins {
                    found.extend(gap(last, own[*writer], now, steady));
                }
                own[*writer] = Some(LastBeat { at: now, steady });
                last = last.max(Some(now));
            }
            // A writer is alive from each sign of life to the next one that comes soon enough.
            let alive = union(
                beats.iter().map(|(second, _)| (at(*second), at(*second) + OUTAGE_LONGER_THAN + Span::from_micros(1))),
                at(0),
                None,
            );
            let dead: Vec<(Instant, Instant)> = alive
                .windows(2)
                .map(|pair| (pair[0].1 - OUTAGE_LONGER_THAN - Span::from_micros(1), pair[1].0))
                .collect();
            prop_assert_eq!(found.iter().map(|gap| (gap.from, gap.until)).collect::<Vec<_>>(), dead);
        }
    }
}
