//! Moments and lengths of time, in whole microseconds.

use std::{
    fmt,
    ops::{Add, Mul, Sub},
    str::FromStr,
};

use jiff::{Timestamp, fmt::temporal::DateTimePrinter};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use utoipa::openapi::{KnownFormat, ObjectBuilder, RefOr, Schema, SchemaFormat, Type};

use crate::column::stored_as;

const PRINTER: DateTimePrinter = DateTimePrinter::new().precision(Some(6));

/// A moment: microseconds since 1970-01-01T00:00:00Z. On the wire RFC 3339 in UTC, in both databases an `i64`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(i64);

impl Instant {
    /// Wraps a count of microseconds since the Unix epoch.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// Microseconds since the Unix epoch.
    pub const fn as_micros(self) -> i64 {
        self.0
    }

    /// Whole seconds since the Unix epoch, rounded down.
    pub const fn as_seconds(self) -> i64 {
        self.0.div_euclid(1_000_000)
    }

    /// The time from `earlier` to here; negative when `earlier` lies later.
    pub const fn since(self, earlier: Self) -> Span {
        Span(self.0.saturating_sub(earlier.0))
    }

    fn timestamp(self) -> Timestamp {
        Timestamp::from_microsecond(self.0).unwrap_or(if self.0 < 0 {
            Timestamp::MIN
        } else {
            Timestamp::MAX
        })
    }

    /// The moment as text. Every answer holds several, and the printer by itself is faster than through a formatter.
    fn text(self) -> String {
        PRINTER.timestamp_to_string(&self.timestamp())
    }
}

impl Add<Span> for Instant {
    type Output = Self;
    fn add(self, span: Span) -> Self {
        Self(self.0.saturating_add(span.0))
    }
}
impl Sub<Span> for Instant {
    type Output = Self;
    fn sub(self, span: Span) -> Self {
        Self(self.0.saturating_sub(span.0))
    }
}
impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}
impl fmt::Debug for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
impl FromStr for Instant {
    type Err = jiff::Error;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse::<Timestamp>().map(|timestamp| Self(timestamp.as_microsecond()))
    }
}
impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text())
    }
}
impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse()
            .map_err(|_| de::Error::custom("expected an RFC 3339 instant such as 2026-11-23T08:00:00Z"))
    }
}
impl utoipa::PartialSchema for Instant {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)))
            .into()
    }
}
impl utoipa::ToSchema for Instant {}
stored_as!([] Instant, i64, |instant| instant.0, Self);

/// A length of time in whole microseconds; may be negative. Stored as `i64`.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span(i64);

impl Span {
    /// No time at all.
    pub const ZERO: Self = Self(0);

    /// A span of microseconds.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }
    /// A span of milliseconds.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis.saturating_mul(1_000))
    }
    /// A span of seconds.
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(1_000_000))
    }
    /// A span of minutes.
    pub const fn from_minutes(minutes: i64) -> Self {
        Self::from_seconds(minutes.saturating_mul(60))
    }
    /// Microseconds.
    pub const fn as_micros(self) -> i64 {
        self.0
    }
    /// Whole seconds, rounded down.
    pub const fn as_seconds(self) -> i64 {
        self.0.div_euclid(1_000_000)
    }
    /// For the standard library's timers; a negative span is none.
    pub fn to_std(self) -> std::time::Duration {
        std::time::Duration::from_micros(u64::try_from(self.0).unwrap_or(0))
    }
    /// `percent` hundredths of this span, rounded up to a whole microsecond: extra time is never cut short.
    pub const fn percent(self, percent: u32) -> Self {
        let exact = self.0 as i128 * percent as i128;
        Self(exact.div_euclid(100) as i64 + (exact.rem_euclid(100) != 0) as i64)
    }
}

impl Span {
    /// This span in the ratio of `part` to `whole`, rounded down; nothing of an empty whole.
    pub const fn times_ratio(self, part: Self, whole: Self) -> Self {
        if whole.0 == 0 {
            return Self::ZERO;
        }
        let scaled = (self.0 as i128) * (part.0 as i128) / (whole.0 as i128);
        Self(scaled as i64)
    }
}

impl Add for Span {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}
impl Sub for Span {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}
impl Mul<i64> for Span {
    type Output = Self;
    fn mul(self, times: i64) -> Self {
        Self(self.0.saturating_mul(times))
    }
}
impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} µs", self.0)
    }
}
stored_as!([] Span, i64, |span| span.0, Self);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_travels_as_rfc_3339_and_loses_nothing() {
        let instant: Instant = "2026-11-23T08:00:00.000001+08:00".parse().unwrap();
        assert_eq!(instant.to_string(), "2026-11-23T00:00:00.000001Z");
        let wire = serde_json::to_string(&instant).unwrap();
        assert_eq!(serde_json::from_str::<Instant>(&wire).unwrap(), instant);
    }

    #[test]
    fn a_percentage_of_a_span_is_rounded_up() {
        assert_eq!(Span::from_minutes(90).percent(25), Span::from_seconds(22 * 60 + 30));
        assert_eq!(Span::from_micros(1).percent(1), Span::from_micros(1));
    }
}
