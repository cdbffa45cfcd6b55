//! What an officer decides about a sitting.

use exam_api::ExamDefinition;
use foundation::{FieldProblem, Instant, Problem, Span, Text};

use crate::domain::{
    outages::OUTAGE_CREDIT_MINUTES_MAX,
    schedule::check_times,
    takeover::Takeover,
    time::{GRACE_DEFAULT, TimeRules},
};

/// A sitting's title.
pub type SittingTitle = Text<1, 300>;
/// Why somebody did something: goes into the audit log.
pub type Reason = Text<1, 500>;

/// Title and times of a sitting.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Its title.
    pub title: SittingTitle,
    /// IANA time zone.
    pub time_zone: Text<1, 64>,
    /// From when attempts may start.
    pub opens_at: Instant,
    /// Until when attempts may start.
    pub entry_closes_at: Instant,
    /// When working time ends for everybody without extra time.
    pub window_ends_at: Instant,
    /// Working time; none for the exam's.
    pub duration_minutes: Option<u32>,
    /// How long after the deadline entries still count; none for the usual.
    pub grace_seconds: Option<u32>,
    /// Over how many seconds starts are spread; none for all at once.
    pub start_spread_seconds: Option<u32>,
    /// Who decides that a running attempt moves to another device; none for the usual.
    pub takeover: Option<Takeover>,
    /// How many minutes of one outage it credits by itself at most, 0 for none; none for the usual.
    pub outage_credit_minutes_max: Option<u32>,
}

impl Plan {
    /// The times that the plan makes of an exam with these rules.
    pub(super) fn times(&self, rules: &ExamDefinition) -> TimeRules {
        let minutes = self.duration_minutes.unwrap_or(rules.duration_minutes);
        TimeRules {
            opens_at: self.opens_at,
            entry_closes_at: self.entry_closes_at,
            window_ends_at: self.window_ends_at,
            duration: Span::from_minutes(i64::from(minutes)),
            spread: self
                .start_spread_seconds
                .map_or(Span::ZERO, |seconds| Span::from_seconds(i64::from(seconds))),
            grace: self.grace_seconds.map_or(GRACE_DEFAULT, |seconds| Span::from_seconds(i64::from(seconds))),
        }
    }

    /// How much of one outage is credited by itself.
    pub(super) fn outage_credit_max(&self) -> Option<Span> {
        self.outage_credit_minutes_max.map(|minutes| Span::from_minutes(i64::from(minutes)))
    }

    /// The times, when they make sense.
    ///
    /// # Errors
    /// 422 naming every field that doesn't.
    pub(super) fn checked(&self, rules: &ExamDefinition, now: Instant) -> Result<TimeRules, Problem> {
        let times = self.times(rules);
        let longest = rules.sections.iter().filter_map(|section| section.time_limit_minutes).max();
        let longest = Span::from_minutes(longest.map_or(0, i64::from));
        let mut problems = check_times(&self.time_zone, &times, longest, now);
        if self.outage_credit_minutes_max.is_some_and(|minutes| minutes > OUTAGE_CREDIT_MINUTES_MAX) {
            let message = format!(
                "At most {OUTAGE_CREDIT_MINUTES_MAX} minutes of an outage are credited by themselves."
            );
            problems.push(FieldProblem::at("outage_credit_minutes_max", "out_of_range", message));
        }
        if problems.is_empty() { Ok(times) } else { Err(invalid(problems)) }
    }
}

pub(super) fn invalid(problems: Vec<FieldProblem>) -> Problem {
    Problem::invalid("exam.sitting_invalid", "The sitting can't be like this; see `errors`.", problems)
}
