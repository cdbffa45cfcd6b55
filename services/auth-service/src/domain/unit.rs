//! Units of the organisation and the terms in which they run.

use std::fmt;

use auth_api::Unit;
use foundation::{Id, IdKind, Instant};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Units of an institution, at most.
pub const UNITS_MAX: i64 = 5_000;

/// Names a term.
pub enum TermKind {}
impl IdKind for TermKind {
    const NAME: &'static str = "term";
}
/// A term's id.
pub type TermId = Id<TermKind>;

/// A unit with what only staff lists need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitRecord {
    /// The unit.
    pub unit: Unit,
    /// A short code that people know it by.
    pub code: Option<String>,
    /// The term in which it runs.
    pub term: Option<TermId>,
    /// Since when it is over.
    pub archived_at: Option<Instant>,
}

/// A term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Its id.
    pub id: TermId,
    /// Its name.
    pub name: String,
    /// Its first day.
    pub starts_on: Day,
    /// Its last day.
    pub ends_on: Day,
}

/// A day of the calendar, without a time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String, format = Date, example = "2026-09-01")]
pub struct Day(Date);

/// A text that is no day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a day is written like 2026-09-01")]
pub struct NotADay;

impl TryFrom<String> for Day {
    type Error = NotADay;
    fn try_from(text: String) -> Result<Self, NotADay> {
        // Ten characters: jiff reads longer forms too, and they would not come back as they were written.
        if text.len() != 10 {
            return Err(NotADay);
        }
        text.parse().map(Self).map_err(|_| NotADay)
    }
}
impl From<Day> for String {
    fn from(day: Day) -> Self {
        day.to_string()
    }
}
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_one_way() {
        assert_eq!(Day::try_from("2026-09-01".to_owned()).unwrap().to_string(), "2026-09-01");
        for text in ["2026-13-01", "2026-02-30", "1.9.2026", "", "2026-09-01T08:00:00"] {
            assert!(Day::try_from(text.to_owned()).is_err(), "{text}");
        }
    }
}
