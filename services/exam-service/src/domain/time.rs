//! The one time engine: from rules, accommodations and credits to a deadline.

use authz::AttemptId;
use foundation::{Instant, Span};

use super::pauses::Pauses;

/// How long after its deadline an attempt still takes entries, unless the sitting says otherwise: time for the last
/// save to travel. Candidates aren't shown it.
pub const GRACE_DEFAULT: Span = Span::from_seconds(30);

/// A sitting's times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeRules {
    /// From when attempts may start.
    pub opens_at: Instant,
    /// Until when attempts may start.
    pub entry_closes_at: Instant,
    /// When working time ends for everybody without extra time.
    pub window_ends_at: Instant,
    /// Working time.
    pub duration: Span,
    /// How long after the deadline entries still count.
    pub grace: Span,
    /// Over how long starts are spread; zero for all at once.
    pub spread: Span,
}

impl TimeRules {
    /// The times as they are for one attempt: its own start slot moves opening, entry and window, so that everybody has
    /// the same time, and ten thousand starts aren't one.
    pub fn of(&self, attempt: AttemptId) -> Self {
        let slot = slot(attempt, self.spread);
        Self {
            opens_at: self.opens_at + slot,
            entry_closes_at: self.entry_closes_at + slot,
            window_ends_at: self.window_ends_at + slot,
            ..*self
        }
    }
}

/// When within `spread` an attempt starts: by its id alone, so that every server and every reload says the same, and
/// evenly over all ids.
pub fn slot(attempt: AttemptId, spread: Span) -> Span {
    // The low bits of an id are chance; mixed (SplitMix64), so that nothing of how ids are made shows.
    let mut bits = attempt.uuid().as_u64_pair().1;
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^= bits >> 31;
    let micros = u128::try_from(spread.as_micros()).unwrap_or(0);
    let within = (u128::from(bits) * micros) >> 64;
    Span::from_micros(i64::try_from(within).unwrap_or(0))
}

/// What one attempt gets on top.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ExtraTime {
    /// Percent of the duration, by accommodation.
    pub percent: u32,
    /// A fixed span, by accommodation.
    pub fixed: Span,
    /// Credits given by people or incidents; may be negative when one is taken back.
    pub credit: Span,
}

impl ExtraTime {
    /// All of it, for an attempt of `duration`.
    pub fn total(self, duration: Span) -> Span {
        duration.percent(self.percent) + self.fixed + self.credit
    }
}

/// When a section with a limit of its own was entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SectionEntry {
    /// When.
    pub entered_at: Instant,
    /// What had been credited to the attempt by then.
    pub credit: Span,
}

/// When working time ends, and when the attempt closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ends {
    /// When working time ends: what the candidate is shown.
    pub deadline: Instant,
    /// When entries stop to count: deadline plus grace.
    pub closes_at: Instant,
}

/// Why an attempt can't start now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotNow {
    /// The sitting hasn't opened.
    #[error("the sitting opens at {opens_at}")]
    NotOpenYet {
        /// When it opens.
        opens_at: Instant,
    },
    /// Too late to start.
    #[error("entry closed at {entry_closes_at}")]
    EntryClosed {
        /// When entry closed.
        entry_closes_at: Instant,
    },
}

/// Whether an attempt may start at `now`.
///
/// # Errors
/// Before the sitting opens, and after entry has closed.
pub fn may_start(rules: &TimeRules, now: Instant) -> Result<(), NotNow> {
    if now < rules.opens_at {
        Err(NotNow::NotOpenYet { opens_at: rules.opens_at })
    } else if now > rules.entry_closes_at {
        Err(NotNow::EntryClosed { entry_closes_at: rules.entry_closes_at })
    } else {
        Ok(())
    }
}

/// When an attempt that started at `started_at` ends: after its duration and extra time, but no later than the
/// window's end plus that extra time. Who starts late has less time; who has extra time keeps all of it. While the
/// clock stood nothing was lost: both move by as long as that, the window only by what the sitting's own pauses and
/// outages haven't moved it already.
pub fn ends(rules: &TimeRules, extra: ExtraTime, pauses: &Pauses, started_at: Instant) -> Ends {
    let total = extra.total(rules.duration);
    let by_duration = started_at + rules.duration + total;
    let window = rules.window_ends_at - pauses.moved() + pauses.moved_before(started_at);
    let deadline = put_off(by_duration.min(window + total), rules.grace, pauses, started_at).max(started_at);
    Ends { deadline, closes_at: deadline + rules.grace }
}

/// When a section with a `limit` of its own, entered like `entry`, ends: after the limit, with the section's share of
/// the extra time by accommodation, and all that was credited since it was entered; its clock stands with the
/// attempt's. The attempt may end before.
pub fn section_ends(
    rules: &TimeRules,
    extra: ExtraTime,
    pauses: &Pauses,
    limit: Span,
    entry: SectionEntry,
) -> Ends {
    let share = limit.percent(extra.percent) + extra.fixed.times_ratio(limit, rules.duration);
    let credited = (extra.credit - entry.credit).max(Span::ZERO);
    let end = entry.entered_at + limit + share + credited;
    let deadline = put_off(end, rules.grace, pauses, entry.entered_at);
    Ends { deadline, closes_at: deadline + rules.grace }
}

/// `end`, put off by as long as the clock stood between `since` and then; the clock that stands after all is over, grace
/// included, puts off nothing.
fn put_off(end: Instant, grace: Span, pauses: &Pauses, since: Instant) -> Instant {
    let mut end = end;
    for (from, until) in pauses.stood(since) {
        if from > end + grace {
            break;
        }
        end = end + until.since(from);
    }
    end
}

/// The last moment at which an attempt with this extra time could close, started or not.
pub fn last_possible_close(rules: &TimeRules, extra: ExtraTime) -> Instant {
    rules.window_ends_at + extra.total(rules.duration) + rules.grace
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::pauses::{Outage, Pause};

    static NEVER: Pauses = Pauses::new(Vec::new());

    fn at(minute: i64) -> Instant {
        Instant::from_micros(0) + Span::from_minutes(minute)
    }

    fn rules() -> TimeRules {
        TimeRules {
            opens_at: at(0),
            entry_closes_at: at(30),
            window_ends_at: at(120),
            duration: Span::from_minutes(90),
            grace: GRACE_DEFAULT,
            spread: Span::ZERO,
        }
    }

    #[test]
    fn who_starts_on_time_has_the_whole_duration() {
        let ends = ends(&rules(), ExtraTime::default(), &NEVER, at(10));
        assert_eq!(ends, Ends { deadline: at(100), closes_at: at(100) + Span::from_seconds(30) });
    }

    #[test]
    fn who_starts_late_ends_with_the_window() {
        let rules = TimeRules { entry_closes_at: at(60), ..rules() };
        assert_eq!(ends(&rules, ExtraTime::default(), &NEVER, at(60)).deadline, at(120));
    }

    #[test]
    fn extra_time_moves_the_window_too() {
        let extra = ExtraTime { percent: 50, fixed: Span::from_minutes(5), credit: Span::from_minutes(2) };
        let rules = TimeRules { window_ends_at: at(90), ..rules() };
        assert_eq!(ends(&rules, extra, &NEVER, at(0)).deadline, at(90 + 45 + 5 + 2));
    }

    #[test]
    fn an_attempt_starts_from_opening_to_the_end_of_entry() {
        assert_eq!(
            may_start(&rules(), at(0) - Span::from_micros(1)),
            Err(NotNow::NotOpenYet { opens_at: at(0) })
        );
        assert_eq!(may_start(&rules(), at(0)), Ok(()));
        assert_eq!(may_start(&rules(), at(30)), Ok(()));
        let late = at(30) + Span::from_micros(1);
        assert_eq!(may_start(&rules(), late), Err(NotNow::EntryClosed { entry_closes_at: at(30) }));
    }

    fn attempt(number: u128) -> AttemptId {
        AttemptId::from_uuid(uuid::Uuid::from_u128(number))
    }

    #[test]
    fn slots_fill_every_second_of_the_spread_alike_even_for_ids_that_follow_each_other() {
        let spread = Span::from_seconds(20);
        let mut starts = [0_u32; 20];
        for number in 0..10_000 {
            let slot = slot(attempt(number), spread);
            assert!(slot >= Span::ZERO && slot < spread);
            starts[usize::try_from(slot.as_seconds()).unwrap()] += 1;
        }
        assert!(starts.iter().all(|starts| (400..600).contains(starts)), "{starts:?}");
        assert_eq!(slot(attempt(7), Span::ZERO), Span::ZERO);
    }

    #[test]
    fn a_section_gets_its_share_of_the_accommodation_and_what_is_credited_meanwhile() {
        let entry = SectionEntry { entered_at: at(10), credit: Span::from_minutes(2) };
        let ends_at = |percent, fixed, credit| {
            let (fixed, credit) = (Span::from_minutes(fixed), Span::from_minutes(credit));
            let extra = ExtraTime { percent, fixed, credit };
            section_ends(&rules(), extra, &NEVER, Span::from_minutes(30), entry)
        };
        assert_eq!(ends_at(0, 0, 2), Ends { deadline: at(40), closes_at: at(40) + GRACE_DEFAULT });
        assert_eq!(ends_at(50, 0, 2).deadline, at(55));
        // 30 of 90 minutes: a third of it.
        assert_eq!(ends_at(0, 9, 2).deadline, at(43));
        assert_eq!(ends_at(0, 0, 7).deadline, at(45));
        // What was given before the section is taken back: the section never had it.
        assert_eq!(ends_at(0, 0, 0).deadline, at(40));
    }

    #[test]
    fn a_sections_clock_stands_with_the_attempts() {
        let entry = SectionEntry { entered_at: at(10), credit: Span::ZERO };
        let pause = |from, until| Pause { from: at(from), until: Some(at(until)), of_sitting: false };
        let pauses = Pauses::new(vec![pause(5, 12), pause(20, 27)]);
        let ends = section_ends(&rules(), ExtraTime::default(), &pauses, Span::from_minutes(30), entry);
        assert_eq!(ends.deadline, at(10 + 30 + 2 + 7));
    }

    #[test]
    fn an_outage_is_time_that_nobody_had_and_pauses_that_overlap_it_give_nothing_twice() {
        let outage = |from, until| Outage { from: at(from), until: at(until) };
        let check = |pauses: &[(i64, i64, bool)], outages: &[Outage], start| {
            let pause = |&(from, until, of_sitting): &(i64, i64, bool)| Pause {
                from: at(from),
                until: Some(at(until)),
                of_sitting,
            };
            let all = Pauses::new(pauses.iter().map(pause).collect()).with_outages(outages.to_vec());
            let ends = ends(&moved_by(rules(), &all), ExtraTime::default(), &all, at(start));
            ends.deadline.since(at(0)).as_seconds() / 60
        };
        assert_eq!(check(&[], &[outage(20, 30)], 10), 110);
        // Who started later lost nothing; who would end with the window gets it all the same.
        assert_eq!(check(&[], &[outage(5, 15)], 20), 110);
        let late = TimeRules { window_ends_at: at(90), ..rules() };
        let one = Pauses::default().with_outages(vec![outage(20, 30)]);
        assert_eq!(ends(&moved_by(late, &one), ExtraTime::default(), &one, at(15)).deadline, at(100));
        // A pause before, during, and after it; of one and of all.
        for of_sitting in [false, true] {
            assert_eq!(check(&[(15, 25, of_sitting)], &[outage(20, 30)], 10), 115);
            assert_eq!(check(&[(12, 40, of_sitting)], &[outage(20, 30)], 10), 128);
            assert_eq!(check(&[(22, 23, of_sitting)], &[outage(20, 30), outage(29, 33)], 10), 113);
        }
        // It lasts past the end: as much time is left after it as there was before. After the end it changes nothing.
        assert_eq!(check(&[], &[outage(95, 130)], 10), 135);
        assert_eq!(check(&[], &[outage(101, 130)], 10), 100);
    }

    /// A sitting as it is when all its own pauses are over: each of them has moved its window.
    fn moved_by(rules: TimeRules, pauses: &Pauses) -> TimeRules {
        TimeRules { window_ends_at: rules.window_ends_at + pauses.moved(), ..rules }
    }

    proptest! {
        #[test]
        fn pauses_take_no_writing_time_and_give_none(
            start in 0_i64..60,
            pauses in prop::collection::vec((0_i64..60, 0_i64..20, any::<bool>()), 0..6),
        ) {
            let rules = TimeRules { entry_closes_at: at(60), ..rules() };
            // The clock of an attempt can only be stopped while it runs; its sitting's before that too.
            let pauses: Vec<Pause> = pauses
                .into_iter()
                .map(|(from, long, of_sitting)| {
                    let from = if of_sitting { at(from) } else { at(start + from) };
                    Pause { from, until: Some(from + Span::from_minutes(long)), of_sitting }
                })
                .collect();
            let all = Pauses::new(pauses.clone());
            let moved = moved_by(rules, &all);
            let without = ends(&rules, ExtraTime::default(), &NEVER, at(start));
            let with = ends(&moved, ExtraTime::default(), &all, at(start));
            let writing = with.deadline.since(at(start)) - all.stopped(at(start));
            // Who had the whole duration has it still, to the microsecond. Whom the window cuts off gets at least what
            // they had: what the sitting stood before they could start is theirs too.
            prop_assert!(writing >= without.deadline.since(at(start)));
            prop_assert!(writing <= rules.duration);
            let mut again = pauses.clone();
            again.extend(pauses);
            prop_assert_eq!(ends(&moved, ExtraTime::default(), &Pauses::new(again), at(start)), with);
        }

        #[test]
        fn everybody_has_the_same_working_time_from_their_own_slot(number: u128, spread in 0_i64..=60, late in 0_i64..30) {
            let rules = TimeRules { spread: Span::from_seconds(spread), ..rules() };
            let own = rules.of(attempt(number));
            prop_assert_eq!(may_start(&own, own.opens_at - Span::from_micros(1)), Err(NotNow::NotOpenYet { opens_at: own.opens_at }));
            let start = own.opens_at + Span::from_minutes(late);
            prop_assert_eq!(may_start(&own, start), Ok(()));
            let without = ends(&rules, ExtraTime::default(), &NEVER, rules.opens_at + Span::from_minutes(late));
            let with = ends(&own, ExtraTime::default(), &NEVER, start);
            prop_assert_eq!(with.deadline.since(start), without.deadline.since(rules.opens_at + Span::from_minutes(late)));
        }

        #[test]
        fn more_extra_time_never_ends_earlier(
            start in 0_i64..30, percent in 0_u32..300, more in 0_u32..300, credit in 0_i64..3_600,
        ) {
            let less = ExtraTime { percent, fixed: Span::ZERO, credit: Span::ZERO };
            let extra = ExtraTime { percent: percent + more, fixed: Span::ZERO, credit: Span::from_seconds(credit) };
            let (early, late) = (ends(&rules(), less, &NEVER, at(start)), ends(&rules(), extra, &NEVER, at(start)));
            prop_assert!(early.deadline <= late.deadline);
            prop_assert!(late.deadline >= at(start));
            prop_assert!(late.closes_at <= last_possible_close(&rules(), extra));
        }
    }
}
