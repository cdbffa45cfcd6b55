//! A sitting's times: what makes sense, and what may still change once it has opened.

use foundation::{FieldProblem, Instant, Span};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{publish::DURATION_MINUTES_MAX, time::TimeRules};

/// The longest window of a sitting, in days.
pub const WINDOW_DAYS_MAX: i64 = 366;
/// How far ahead a sitting may lie, in days.
pub const AHEAD_DAYS_MAX: i64 = 3_660;
/// The longest grace, in seconds.
pub const GRACE_SECONDS_MAX: u32 = 600;
/// The most over which starts are spread, in seconds.
pub const START_SPREAD_SECONDS_MAX: u32 = 60;

const DAY: Span = Span::from_seconds(86_400);

/// Where a sitting stands, by the clock alone. Attempts with extra time may still run when it is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SittingPhase {
    /// It hasn't opened.
    Upcoming,
    /// Candidates may start.
    Open,
    /// Nobody may start any more; who has started works on.
    EntryClosed,
    /// Its window has ended.
    Over,
    /// It was called off.
    Cancelled,
}

/// Where a sitting with these times stands at `now`.
pub fn phase(times: &TimeRules, cancelled: bool, now: Instant) -> SittingPhase {
    if cancelled {
        SittingPhase::Cancelled
    } else if now < times.opens_at {
        SittingPhase::Upcoming
    } else if now <= times.entry_closes_at {
        SittingPhase::Open
    } else if now <= times.window_ends_at {
        SittingPhase::EntryClosed
    } else {
        SittingPhase::Over
    }
}

/// Whether this names a time zone of the IANA database.
pub fn is_time_zone(name: &str) -> bool {
    // jiff also takes offsets and POSIX rules; a sitting names a place, whose rules may change.
    name.contains(|c: char| c.is_ascii_alphabetic()) && TimeZone::get(name).is_ok()
}

/// What makes no sense in a sitting's times. `longest_section` is the longest limit of a section of its exam.
pub fn check_times(
    time_zone: &str,
    times: &TimeRules,
    longest_section: Span,
    now: Instant,
) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    let mut add =
        |field: &str, code: &str, message: String| problems.push(FieldProblem::at(field, code, message));
    if !is_time_zone(time_zone) {
        add(
            "time_zone",
            "exam.time_zone_unknown",
            "Name a time zone such as Asia/Shanghai or Europe/Berlin.".to_owned(),
        );
    }
    if times.window_ends_at <= times.opens_at {
        add("window_ends_at", "exam.window_empty", "The window must end after it opens.".to_owned());
    } else if times.window_ends_at.since(times.opens_at) > DAY * WINDOW_DAYS_MAX {
        add("window_ends_at", "exam.window_too_long", format!("At most {WINDOW_DAYS_MAX} days."));
    }
    if times.opens_at > now + DAY * AHEAD_DAYS_MAX {
        add("opens_at", "exam.too_far_ahead", format!("At most {AHEAD_DAYS_MAX} days ahead."));
    }
    if times.window_ends_at <= now {
        add("window_ends_at", "exam.window_over", "The window must end in the future.".to_owned());
    }
    if times.entry_closes_at < times.opens_at || times.entry_closes_at > times.window_ends_at {
        add(
            "entry_closes_at",
            "exam.entry_outside_window",
            "Entry closes between the opening and the end of the window.".to_owned(),
        );
    }
    let longest = Span::from_minutes(i64::from(DURATION_MINUTES_MAX));
    if times.duration <= Span::ZERO || times.duration > longest {
        add(
            "duration_minutes",
            "exam.duration_out_of_range",
            format!("Working time is 1 to {DURATION_MINUTES_MAX} minutes."),
        );
    } else if times.duration > times.window_ends_at.since(times.opens_at) {
        add(
            "duration_minutes",
            "exam.duration_exceeds_window",
            "Nobody could use the whole working time: make the window longer.".to_owned(),
        );
    } else if longest_section > times.duration {
        add(
            "duration_minutes",
            "exam.section_limit_exceeds_duration",
            format!("A section alone allows {} minutes.", longest_section.as_seconds() / 60),
        );
    }
    if times.spread < Span::ZERO || times.spread > Span::from_seconds(i64::from(START_SPREAD_SECONDS_MAX)) {
        add(
            "start_spread_seconds",
            "exam.start_spread_out_of_range",
            format!("Starts are spread over 0 to {START_SPREAD_SECONDS_MAX} seconds."),
        );
    }
    if times.grace < Span::ZERO || times.grace > Span::from_seconds(i64::from(GRACE_SECONDS_MAX)) {
        add(
            "grace_seconds",
            "exam.grace_out_of_range",
            format!("Grace is 0 to {GRACE_SECONDS_MAX} seconds."),
        );
    }
    problems
}

/// What may not change any more at `now`: once a sitting has opened its times can only be extended.
pub fn check_change(
    before: &TimeRules,
    after: &TimeRules,
    same_zone: bool,
    now: Instant,
) -> Vec<FieldProblem> {
    if now < before.opens_at {
        return Vec::new();
    }
    let fixed = "The sitting has opened: this can't change any more.";
    let longer = "The sitting has opened: this can only become later or longer.";
    let checks = [
        (after.opens_at != before.opens_at, "opens_at", fixed),
        (after.spread != before.spread, "start_spread_seconds", fixed),
        (!same_zone, "time_zone", fixed),
        (after.entry_closes_at < before.entry_closes_at, "entry_closes_at", longer),
        (after.window_ends_at < before.window_ends_at, "window_ends_at", longer),
        (after.duration < before.duration, "duration_minutes", longer),
        (after.grace < before.grace, "grace_seconds", longer),
    ];
    checks
        .into_iter()
        .filter(|(broken, ..)| *broken)
        .map(|(_, field, message)| FieldProblem::at(field, "exam.sitting_opened", message))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: i64) -> Instant {
        Instant::from_micros(0) + Span::from_minutes(minute)
    }

    fn times() -> TimeRules {
        TimeRules {
            opens_at: at(60),
            entry_closes_at: at(90),
            window_ends_at: at(180),
            duration: Span::from_minutes(90),
            grace: Span::from_seconds(30),
            spread: Span::ZERO,
        }
    }

    fn codes(problems: Vec<FieldProblem>) -> Vec<String> {
        problems.into_iter().map(|p| format!("{} {}", p.field.unwrap_or_default(), p.code)).collect()
    }

    #[test]
    fn a_sitting_stands_where_the_clock_says() {
        let stands = |minute| phase(&times(), false, at(minute));
        assert_eq!(
            [59, 60, 90, 91, 180, 181].map(stands),
            [
                SittingPhase::Upcoming,
                SittingPhase::Open,
                SittingPhase::Open,
                SittingPhase::EntryClosed,
                SittingPhase::EntryClosed,
                SittingPhase::Over,
            ]
        );
        assert_eq!(phase(&times(), true, at(70)), SittingPhase::Cancelled);
    }

    #[test]
    fn a_time_zone_is_a_place() {
        for name in ["Asia/Shanghai", "Europe/Berlin", "UTC", "America/Argentina/Buenos_Aires"] {
            assert!(is_time_zone(name), "{name}");
        }
        for name in ["", "+08:00", "Mars/Olympus", "../etc/passwd", "Asia/Shanghai\0"] {
            assert!(!is_time_zone(name), "{name}");
        }
    }

    #[test]
    fn times_that_make_no_sense_are_named() {
        let check = |times: TimeRules| codes(check_times("UTC", &times, Span::ZERO, at(0)));
        assert_eq!(check(times()), [""; 0]);
        assert_eq!(
            check(TimeRules { window_ends_at: at(149), ..times() }),
            ["duration_minutes exam.duration_exceeds_window"]
        );
        assert_eq!(
            check(TimeRules { entry_closes_at: at(59), ..times() }),
            ["entry_closes_at exam.entry_outside_window"]
        );
        assert_eq!(
            check(TimeRules { opens_at: at(180), entry_closes_at: at(180), ..times() }),
            ["window_ends_at exam.window_empty", "duration_minutes exam.duration_exceeds_window"]
        );
        assert_eq!(
            codes(check_times("UTC", &times(), Span::from_minutes(91), at(0))),
            ["duration_minutes exam.section_limit_exceeds_duration"]
        );
        assert_eq!(
            codes(check_times("UTC", &times(), Span::ZERO, at(180))),
            ["window_ends_at exam.window_over"]
        );
        let endless = Instant::from_micros(i64::MAX);
        assert!(
            !check(TimeRules {
                opens_at: endless,
                entry_closes_at: endless,
                window_ends_at: endless,
                ..times()
            })
            .is_empty()
        );
    }

    #[test]
    fn once_opened_a_sitting_is_only_extended() {
        let shorter = TimeRules { entry_closes_at: at(80), window_ends_at: at(170), ..times() };
        assert_eq!(codes(check_change(&times(), &shorter, true, at(59))), [""; 0]);
        assert_eq!(
            codes(check_change(&times(), &shorter, false, at(60))),
            [
                "time_zone exam.sitting_opened",
                "entry_closes_at exam.sitting_opened",
                "window_ends_at exam.sitting_opened",
            ]
        );
        let longer = TimeRules { window_ends_at: at(200), duration: Span::from_minutes(100), ..times() };
        assert_eq!(codes(check_change(&times(), &longer, true, at(100))), [""; 0]);
    }
}
