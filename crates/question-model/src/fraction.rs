//! A share of a question's points, and exact sums of shares.

use std::fmt;

use foundation::Points;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use utoipa::openapi::{ObjectBuilder, RefOr, Schema, Type};

/// A share of a question's points in whole 10⁻⁷: 1 is all of them, 0.5 half, −0.25 takes a quarter off.
///
/// Halves to twelfths written with seven decimals mean the exact ratio: three times 0.3333333 is all the
/// points, not 0.9999999 of them.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fraction(i64);

/// A number that is not finite, or too large for any share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a fraction must be a finite number between -100 and 100")]
pub struct FractionInvalid;

impl Fraction {
    /// Units in the whole.
    pub const UNITS: i64 = 10_000_000;
    /// Nothing.
    pub const NONE: Self = Self(0);
    /// All of the points.
    pub const FULL: Self = Self(Self::UNITS);
    /// What can be read; [`crate::validate`] allows −1 to 1 only, and can say where a wrong one stands.
    const READABLE_MAX: f64 = 100.0;

    /// `numerator ⁄ denominator`, rounded to 10⁻⁷. A zero denominator gives nothing.
    pub const fn ratio(numerator: i64, denominator: i64) -> Self {
        Self(Points::ONE.ratio(numerator, denominator).units())
    }

    /// The nearest share to `number`, where 1 is the whole.
    ///
    /// # Errors
    /// When `number` isn't finite or lies beyond ± 100.
    pub fn from_f64(number: f64) -> Result<Self, FractionInvalid> {
        if number.is_finite() && number.abs() <= Self::READABLE_MAX {
            Ok(Self((number * Self::UNITS as f64).round() as i64))
        } else {
            Err(FractionInvalid)
        }
    }

    /// For display and the wire.
    pub fn to_f64(self) -> f64 {
        self.0 as f64 / Self::UNITS as f64
    }

    /// The count of 10⁻⁷.
    pub const fn units(self) -> i64 {
        self.0
    }

    /// Whether it lies between −1 and 1.
    pub fn in_range(self) -> bool {
        self.0.abs() <= Self::UNITS
    }
}

impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.to_f64())
    }
}
impl fmt::Debug for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fraction({self})")
    }
}
impl Serialize for Fraction {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0 % Self::UNITS == 0 {
            serializer.serialize_i64(self.0 / Self::UNITS)
        } else {
            serializer.serialize_f64(self.to_f64())
        }
    }
}
impl<'de> Deserialize<'de> for Fraction {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::from_f64(f64::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}
impl utoipa::PartialSchema for Fraction {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::Number)
            .minimum(Some(-1))
            .maximum(Some(1))
            .description(Some("A share of the question's points: 1 is all of them."))
            .into()
    }
}
impl utoipa::ToSchema for Fraction {}

/// An exact share: sums of thirds, sixths and sevenths come out even.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Share(i128);

impl Share {
    /// The least common multiple of 1 to 12, so that every such ratio is a whole number of units.
    const EVEN: i128 = 27_720;
    const WHOLE: i128 = Self::EVEN * Fraction::UNITS as i128;
    /// The largest denominator whose ratios are recognised in their rounded decimals.
    const DENOMINATOR_MAX: i128 = 12;

    pub(crate) const ZERO: Self = Self(0);
    pub(crate) const FULL: Self = Self(Self::WHOLE);

    /// `numerator ⁄ denominator`; nothing when the denominator is zero.
    pub(crate) fn ratio(numerator: i64, denominator: i64) -> Self {
        if denominator == 0 {
            return Self::ZERO;
        }
        Self(Self::WHOLE * i128::from(numerator) / i128::from(denominator))
    }

    /// `self × numerator ⁄ denominator`; nothing when the denominator is zero.
    pub(crate) fn scaled(self, numerator: i64, denominator: i64) -> Self {
        if denominator == 0 {
            return Self::ZERO;
        }
        Self(self.0.saturating_mul(i128::from(numerator)) / i128::from(denominator))
    }

    pub(crate) fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    pub(crate) fn minus(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// Into −1 … 1.
    pub(crate) fn bounded(self) -> Self {
        Self(self.0.clamp(-Self::WHOLE, Self::WHOLE))
    }

    pub(crate) fn floored(self) -> Self {
        Self(self.0.max(0))
    }

    /// Equal to the whole but for the rounding of a division that doesn't come out even.
    pub(crate) fn is_full(self) -> bool {
        self.0 >= Self::WHOLE - Self::EVEN
    }

    pub(crate) fn is_positive(self) -> bool {
        self.0 > 0
    }

    /// Rounded to 10⁻⁷ of the whole.
    pub(crate) fn rounded(self) -> Fraction {
        let magnitude =
            (2 * self.0.unsigned_abs() + Self::EVEN.unsigned_abs()) / (2 * Self::EVEN.unsigned_abs());
        let magnitude = i64::try_from(magnitude).unwrap_or(i64::MAX);
        Fraction(if self.0 < 0 { -magnitude } else { magnitude })
    }

    /// This share of `points`, rounded half away from zero to 10⁻⁷ points, never more than `points` either way.
    pub(crate) fn of_points(self, points: Points) -> Points {
        if self.is_full() {
            return points;
        }
        let product = i128::from(points.units()).saturating_mul(self.bounded().0);
        let magnitude =
            (2 * product.unsigned_abs() + Self::WHOLE.unsigned_abs()) / (2 * Self::WHOLE.unsigned_abs());
        let magnitude = i64::try_from(magnitude).unwrap_or(i64::MAX);
        Points::from_units(if product < 0 { -magnitude } else { magnitude })
    }
}

impl From<Fraction> for Share {
    fn from(fraction: Fraction) -> Self {
        let units = i128::from(fraction.0);
        let whole = i128::from(Fraction::UNITS);
        for denominator in 1..=Self::DENOMINATOR_MAX {
            // The nearest numerator, and whether its rounded (or cut) decimals are the ones given.
            let numerator = (2 * units * denominator + whole * units.signum()) / (2 * whole);
            let difference = units * denominator - numerator * whole;
            if difference.abs() < denominator {
                return Self(numerator * Self::WHOLE / denominator);
            }
        }
        Self(units * Self::EVEN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(parts: &[f64]) -> Share {
        parts
            .iter()
            .map(|part| Share::from(Fraction::from_f64(*part).unwrap()))
            .fold(Share::ZERO, Share::plus)
    }

    #[test]
    fn three_rounded_thirds_are_full_marks() {
        assert_eq!(sum(&[0.3333333, 0.3333333, 0.3333333]), Share::FULL);
        assert_eq!(sum(&[0.8333333, 0.1666667]), Share::FULL);
        assert_eq!(sum(&[0.1428571; 7]), Share::FULL);
        assert_eq!(sum(&[0.6666666, 0.3333333]), Share::FULL);
        assert_eq!(sum(&[0.5, -0.5]), Share::ZERO);
    }

    #[test]
    fn a_share_of_points_is_rounded_once() {
        assert_eq!(Share::ratio(1, 3).of_points(Points::whole(3)), Points::ONE);
        assert_eq!(
            Share::from(Fraction::from_f64(0.3333333).unwrap()).of_points(Points::whole(3)),
            Points::ONE
        );
        assert_eq!(Share::ratio(-1, 4).of_points(Points::ONE).units(), -2_500_000);
        assert_eq!(Share::ratio(7, 3).of_points(Points::ONE), Points::ONE);
        assert_eq!(Share::from(Fraction::from_f64(0.45).unwrap()).rounded().units(), 4_500_000);
    }

    #[test]
    fn a_fraction_that_is_no_number_is_refused() {
        assert!(Fraction::from_f64(f64::NAN).is_err());
        assert!(Fraction::from_f64(f64::INFINITY).is_err());
        assert!(!Fraction::from_f64(1.1).unwrap().in_range());
    }
}
