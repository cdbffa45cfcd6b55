//! `%50%` before an answer.

use foundation::FieldProblem;
use question_model::Fraction;

use crate::WeightRule;

/// The weights that Moodle knows, in whole 10⁻⁷; each also below zero.
const KNOWN: [i64; 21] = [
    10_000_000, 9_000_000, 8_333_333, 8_000_000, 7_500_000, 7_000_000, 6_666_667, 6_000_000, 5_000_000,
    4_000_000, 3_333_333, 3_000_000, 2_500_000, 2_000_000, 1_666_667, 1_428_571, 1_250_000, 1_111_111,
    1_000_000, 500_000, 0,
];
/// How far the rounded decimals of a known weight may be off, in 10⁻⁷: `%33.3%` is a third.
const ROUNDED_BY: i64 = 5_000;

/// Splits a weight off the front of an answer. What only looks like one (`%x%`) is text.
pub(super) fn split_weight(answer: &str) -> (Option<f64>, &str) {
    let parted = answer.strip_prefix('%').and_then(|rest| rest.split_once('%'));
    let Some((written, text)) = parted else { return (None, answer) };
    let (negative, digits) = match written.strip_prefix(['-', '\u{2212}']) {
        Some(digits) => (true, digits),
        None => (false, written),
    };
    let plain = digits.starts_with(|first: char| first.is_ascii_digit())
        && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    match digits.parse::<f64>() {
        Ok(percent) if plain => (Some(if negative { -percent } else { percent }), text),
        _ => (None, answer),
    }
}

/// The share of the points that `percent` means.
pub(super) fn fraction(percent: f64, rule: WeightRule, line: u32) -> Result<Fraction, FieldProblem> {
    let refused = |why: &str| {
        let message = format!("The weight {percent} % {why}");
        FieldProblem::on_line(line, "gift.weight", message)
    };
    let written = Fraction::from_f64(percent / 100.0).map_err(|_| refused("is out of range."))?;
    if !written.in_range() {
        return Err(refused("must lie between -100 % and 100 %."));
    }
    let units = written.units();
    let known = KNOWN.iter().flat_map(|weight| [*weight, -*weight]);
    let nearest = known.min_by_key(|weight| (weight - units).abs()).unwrap_or(units);
    let is_known = (nearest - units).abs() <= ROUNDED_BY;
    match rule {
        WeightRule::Keep => Ok(written),
        WeightRule::Refuse if !is_known => Err(refused(
            "is none that Moodle knows. If it is meant, import with unusual weights kept or rounded.",
        )),
        _ => Ok(Fraction::ratio(nearest, Fraction::UNITS)),
    }
}

/// A fraction as a weight; exact, because a fraction has seven decimals.
pub(super) fn written(fraction: Fraction) -> String {
    let units = fraction.units();
    let sign = if units < 0 { "-" } else { "" };
    let (whole, rest) = (units.abs() / 100_000, units.abs() % 100_000);
    let decimals = format!("{rest:05}");
    match decimals.trim_end_matches('0') {
        "" => format!("%{sign}{whole}%"),
        decimals => format!("%{sign}{whole}.{decimals}%"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(percent: f64, rule: WeightRule) -> Option<i64> {
        fraction(percent, rule, 1).ok().map(Fraction::units)
    }

    #[test]
    fn a_weight_stands_between_percent_signs() {
        assert_eq!(split_weight("%50%half"), (Some(50.0), "half"));
        assert_eq!(split_weight("%-33.33333%x"), (Some(-33.33333), "x"));
        assert_eq!(split_weight("%100%"), (Some(100.0), ""));
        for text in ["50%", "%x%y", "%50", "%%", "%.5%x", "%--5%x", "%1e1%x", "%1.2.3%x"] {
            assert_eq!(split_weight(text), (None, text));
        }
    }

    #[test]
    fn rounded_thirds_are_thirds_and_slips_are_not_guessed() {
        assert_eq!(units(33.33, WeightRule::Refuse), Some(3_333_333));
        assert_eq!(units(-66.7, WeightRule::Refuse), Some(-6_666_667));
        assert_eq!(units(55.0, WeightRule::Refuse), None);
        assert_eq!(units(53.0, WeightRule::Nearest), Some(5_000_000));
        assert_eq!(units(53.0, WeightRule::Keep), Some(5_300_000));
        assert_eq!(units(101.0, WeightRule::Nearest), None);
        assert_eq!(units(1000.0, WeightRule::Keep), None);
    }

    #[test]
    fn a_weight_reads_back_the_same() {
        for units in [10_000_000, 3_333_333, -1_250_000, 0, 1, 5_300_000] {
            let fraction = Fraction::ratio(units, Fraction::UNITS);
            let text = written(fraction);
            let (percent, rest) = split_weight(&text);
            assert_eq!(rest, "");
            assert_eq!(
                super::fraction(percent.unwrap(), WeightRule::Keep, 1).unwrap().units(),
                units,
                "{text}"
            );
        }
    }
}
