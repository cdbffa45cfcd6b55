//! Points: what a response is worth, in whole 10⁻⁷ points.

use std::{
    fmt,
    iter::Sum,
    ops::{Add, Neg, Sub},
};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use utoipa::openapi::{ObjectBuilder, RefOr, Schema, Type};

use crate::column::stored_as;

/// An amount of points in whole 10⁻⁷, so that thirds and sixths snap to one exact value and sums are exact.
/// On the wire a JSON number with up to seven decimals; in both databases an `i64`.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Points(i64);

/// An amount that isn't finite or lies beyond ± [`Points::MAX`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("points must be a finite number between -1000000 and 1000000")]
pub struct PointsOutOfRange;

impl Points {
    /// Units in one point.
    pub const UNITS: i64 = 10_000_000;
    /// No points.
    pub const ZERO: Self = Self(0);
    /// One point.
    pub const ONE: Self = Self(Self::UNITS);
    /// The most that one amount may be: a million points.
    pub const MAX: Self = Self(1_000_000 * Self::UNITS);

    /// Whole points.
    pub const fn whole(points: i32) -> Self {
        Self(points as i64 * Self::UNITS)
    }

    /// Wraps a count of 10⁻⁷ points.
    pub const fn from_units(units: i64) -> Self {
        Self(units)
    }

    /// The count of 10⁻⁷ points.
    pub const fn units(self) -> i64 {
        self.0
    }

    /// The nearest amount to `number`.
    ///
    /// # Errors
    /// When `number` isn't finite or is larger than [`Points::MAX`] either way.
    pub fn from_f64(number: f64) -> Result<Self, PointsOutOfRange> {
        let units = (number * Self::UNITS as f64).round();
        if units.abs() <= Self::MAX.0 as f64 { Ok(Self(units as i64)) } else { Err(PointsOutOfRange) }
    }

    /// For display and the wire; exact to seven decimals.
    pub fn to_f64(self) -> f64 {
        self.0 as f64 / Self::UNITS as f64
    }

    /// `self × numerator ⁄ denominator`, rounded half away from zero to 10⁻⁷. A zero denominator gives zero.
    pub const fn ratio(self, numerator: i64, denominator: i64) -> Self {
        if denominator == 0 {
            return Self(0);
        }
        let product = self.0 as i128 * numerator as i128;
        let (magnitude, by) = (product.abs(), (denominator as i128).abs());
        let rounded = (2 * magnitude + by) / (2 * by);
        let negative = (product < 0) != (denominator < 0);
        Self(if negative { -(rounded as i64) } else { rounded as i64 })
    }

    /// `self` × `fraction`, where a fraction of one is [`Points::ONE`].
    pub const fn times(self, fraction: Self) -> Self {
        self.ratio(fraction.0, Self::UNITS)
    }
}

impl Add for Points {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}
impl Sub for Points {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}
impl Neg for Points {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}
impl Sum for Points {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}
impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.to_f64())
    }
}
impl fmt::Debug for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self} points")
    }
}
impl Serialize for Points {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0 % Self::UNITS == 0 {
            serializer.serialize_i64(self.0 / Self::UNITS)
        } else {
            serializer.serialize_f64(self.to_f64())
        }
    }
}
impl<'de> Deserialize<'de> for Points {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::from_f64(f64::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}
impl utoipa::PartialSchema for Points {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::Number).into()
    }
}
impl utoipa::ToSchema for Points {}
stored_as!([] Points, i64, |points| points.0, Self);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_thirds_are_rounded_and_two_halves_are_exact() {
        assert_eq!(Points::ONE.ratio(1, 3).units(), 3_333_333);
        assert_eq!(Points::ONE.ratio(2, 3).units(), 6_666_667);
        assert_eq!(Points::ONE.ratio(1, 2) + Points::ONE.ratio(1, 2), Points::ONE);
        assert_eq!(Points::ONE.ratio(-1, 3).units(), -3_333_333);
    }

    #[test]
    fn an_amount_beyond_a_million_is_refused() {
        assert_eq!(Points::from_f64(1e300), Err(PointsOutOfRange));
        assert_eq!(Points::from_f64(f64::NAN), Err(PointsOutOfRange));
        assert!(serde_json::from_str::<Points>("1000001").is_err());
        assert_eq!(serde_json::to_string(&Points::whole(3)).unwrap(), "3");
    }
}
