//! A number, perhaps with a unit.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::short_text::check_length;
use crate::{
    Folding, Fraction, RichText, Why,
    fraction::Share,
    limits::{ALTERNATIVES_MAX, NUMBER_CHARS_MAX, UNIT_CHARS_MAX, UNITS_MAX},
    mark::Score,
    number::parse_number,
    validate::Findings,
};

/// A field for a number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NumericBody {
    /// Units to choose from; empty when none is asked for.
    #[serde(default)]
    pub units: Vec<String>,
}

/// Accepted numbers. The first that fits decides, in the author's order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NumericKey {
    /// In the order in which they are tried.
    pub answers: Vec<NumericAnswer>,
    /// What each unit of the question is in the unit of `answers`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<UnitFactor>,
    /// What a missing or unknown unit costs.
    #[serde(default)]
    pub unit_rule: UnitRule,
    /// Whether a comma is the decimal sign, as well as the point. Otherwise a comma makes it no number.
    #[serde(default)]
    pub decimal_comma: bool,
    /// What is said to those whose number isn't accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feedback_other: Option<RichText>,
}

/// One accepted number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NumericAnswer {
    /// The number.
    pub value: f64,
    /// How far off is close enough, the bound included.
    #[serde(default)]
    pub tolerance: Tolerance,
    /// Its share of the points.
    pub fraction: Fraction,
    /// What is said to those who gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feedback: Option<RichText>,
}

/// How far off is close enough.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Tolerance {
    /// `|given − value| ≤ by`.
    Absolute {
        /// In the unit of the value.
        by: f64,
    },
    /// `|given − value| ≤ by × |value|`.
    Relative {
        /// A share of the value: 0.01 is one per cent.
        by: f64,
    },
}

impl Default for Tolerance {
    fn default() -> Self {
        Self::Absolute { by: 0.0 }
    }
}

/// What one of a unit is in the unit of the accepted numbers: 0.01 for `cm` when they are in metres.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UnitFactor {
    /// The unit, as the question offers it.
    pub unit: String,
    /// The given number is multiplied by this.
    pub multiplier: f64,
}

/// What a missing or unknown unit costs. A known unit is always converted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "rule", rename_all = "snake_case", deny_unknown_fields)]
pub enum UnitRule {
    /// Nothing: a number without unit is in the unit of the accepted numbers.
    #[default]
    Optional,
    /// All the points.
    Required,
    /// A share of the points.
    Penalty {
        /// Taken off what the number is worth, not below zero.
        fraction: Fraction,
    },
}

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NumericResponse {
    /// The number as written, perhaps with its unit behind it; empty when cleared.
    pub text: String,
    /// The chosen unit.
    #[serde(default)]
    pub unit: Option<String>,
}

impl NumericBody {
    pub(crate) fn validate(&self, at: &str, findings: &mut Findings) {
        let list = format!("{at}.units");
        findings.count(&list, self.units.len(), 0, UNITS_MAX);
        for (place, unit) in self.units.iter().enumerate() {
            let field = format!("{list}[{place}]");
            findings.text(&field, unit, UNIT_CHARS_MAX);
            if self.units.iter().take(place).any(|other| same_unit(other, unit)) {
                findings.add(field, "question.text_duplicate", "The same unit is there already.");
            }
        }
    }
}

impl NumericKey {
    pub(crate) fn texts(&self) -> impl Iterator<Item = &RichText> {
        self.answers.iter().filter_map(|answer| answer.feedback.as_ref()).chain(&self.feedback_other)
    }

    pub(crate) fn validate(&self, units: &[String], at: &str, findings: &mut Findings) {
        let list = format!("{at}.answers");
        findings.count(&list, self.answers.len(), 1, ALTERNATIVES_MAX);
        for (place, answer) in self.answers.iter().enumerate() {
            if !answer.value.is_finite() {
                findings.add(format!("{list}[{place}].value"), "question.not_a_number", "Give a number.");
            }
            let (Tolerance::Absolute { by } | Tolerance::Relative { by }) = answer.tolerance;
            if !(by.is_finite() && by >= 0.0) {
                findings.add(
                    format!("{list}[{place}].tolerance.by"),
                    "question.number_out_of_range",
                    "Give a number that isn't negative.",
                );
            }
            findings.fraction(format!("{list}[{place}].fraction"), answer.fraction);
            findings.feedback(format!("{list}[{place}].feedback.text"), answer.feedback.as_ref());
        }
        if !self.answers.iter().any(|answer| answer.fraction == Fraction::FULL) {
            findings.add(list, "question.no_right_answer", "One answer must bring all the points.");
        }
        findings.feedback(format!("{at}.feedback_other.text"), self.feedback_other.as_ref());
        self.validate_units(units, &format!("{at}.units"), findings);
        if let UnitRule::Penalty { fraction } = self.unit_rule
            && !(Fraction::NONE..=Fraction::FULL).contains(&fraction)
        {
            findings.add(
                format!("{at}.unit_rule.fraction"),
                "question.fraction_out_of_range",
                "Between 0 and 1 (0 % and 100 %).",
            );
        }
    }

    fn validate_units(&self, units: &[String], list: &str, findings: &mut Findings) {
        for (place, factor) in self.units.iter().enumerate() {
            if !units.contains(&factor.unit) {
                findings.add(
                    format!("{list}[{place}].unit"),
                    "question.id_unknown",
                    "The question doesn't offer this unit.",
                );
            }
            if !factor.multiplier.is_finite() || factor.multiplier == 0.0 {
                findings.add(
                    format!("{list}[{place}].multiplier"),
                    "question.number_out_of_range",
                    "Give a number that isn't zero.",
                );
            }
        }
        for unit in units {
            if !self.units.iter().any(|factor| factor.unit == *unit) {
                findings.add(list, "question.unit_without_factor", format!("Say what one {unit} is worth."));
            }
        }
        if units.is_empty() && self.unit_rule != UnitRule::Optional {
            findings.add(list, "question.too_few", "A unit is asked for, but none is offered.");
        }
    }

    pub(crate) fn mark(&self, units: &[String], text: &str, unit: Option<&str>) -> Score {
        let Some((number, unit)) = self.read(units, text, unit) else {
            return Score::of(Share::ZERO, Why::NotANumber);
        };
        let (factor, fault) = match unit {
            Unit::Known(factor) => (factor, None),
            Unit::Missing => (1.0, Some(Why::UnitMissing)),
            Unit::Unknown => (1.0, Some(Why::UnitUnknown)),
        };
        if let Some(why) = fault.clone()
            && self.unit_rule == UnitRule::Required
            && !units.is_empty()
        {
            return Score::of(Share::ZERO, why);
        }
        let given = number * factor;
        let Some((place, answer)) = self.answers.iter().enumerate().find(|(_, answer)| answer.accepts(given))
        else {
            return Score::of(Share::ZERO, Why::NumberNotAccepted);
        };
        let alternative = place as u32;
        let worth = Share::from(answer.fraction);
        match (fault, self.unit_rule) {
            (Some(_), UnitRule::Penalty { fraction }) if !units.is_empty() => Score::of(
                worth.minus(Share::from(fraction)).floored(),
                Why::UnitPenalty { alternative, penalty: fraction },
            ),
            _ => Score::of(worth, Why::NumberAccepted { alternative, fraction: answer.fraction }),
        }
    }

    /// The place of the first answer that accepts what was written, whatever the unit costs.
    pub(crate) fn fitting(&self, units: &[String], text: &str, unit: Option<&str>) -> Option<usize> {
        let (number, unit) = self.read(units, text, unit)?;
        let factor = if let Unit::Known(factor) = unit { factor } else { 1.0 };
        self.answers.iter().position(|answer| answer.accepts(number * factor))
    }

    /// The number and its unit: the chosen one, or one of the question's written behind the number.
    fn read(&self, units: &[String], text: &str, unit: Option<&str>) -> Option<(f64, Unit)> {
        let chosen = unit.filter(|unit| !unit.trim().is_empty());
        if let Some(number) = parse_number(text, self.decimal_comma) {
            let unit = chosen.map_or(Unit::Missing, |unit| self.unit(unit));
            return Some((number, unit));
        }
        let folding = unit_folding();
        let written = folding.fold(text);
        let mut behind: Vec<(&String, String)> = units
            .iter()
            .map(|unit| (unit, folding.fold(unit)))
            .filter(|(_, folded)| !folded.is_empty())
            .collect();
        behind.sort_by_key(|(_, folded)| std::cmp::Reverse(folded.len()));
        behind.into_iter().find_map(|(unit, folded)| {
            let number = parse_number(written.strip_suffix(folded.as_str())?, self.decimal_comma)?;
            Some((number, self.unit(chosen.unwrap_or(unit))))
        })
    }

    fn unit(&self, unit: &str) -> Unit {
        let found = self.units.iter().find(|factor| same_unit(&factor.unit, unit));
        found.map_or(Unit::Unknown, |factor| Unit::Known(factor.multiplier))
    }
}

#[derive(Clone, Copy)]
enum Unit {
    Known(f64),
    Missing,
    Unknown,
}

/// Case matters in units (`mm` and `Mm`), width and spaces don't.
const fn unit_folding() -> Folding {
    Folding { case_sensitive: true, fold_width: true, fold_space: true }
}

fn same_unit(one: &str, other: &str) -> bool {
    unit_folding().fold(one) == unit_folding().fold(other)
}

impl NumericAnswer {
    /// Whether `given` is close enough. The bound counts as inside: binary fractions get a slack of some units
    /// in the last place, so that 3.142 is inside 3.1415 ± 0.0005.
    pub(crate) fn accepts(&self, given: f64) -> bool {
        const SLACK: f64 = 8.0 * f64::EPSILON;
        let bound = match self.tolerance {
            Tolerance::Absolute { by } => by,
            Tolerance::Relative { by } => by * self.value.abs(),
        };
        let slack = SLACK * given.abs().max(self.value.abs()).max(bound);
        given.is_finite() && (given - self.value).abs() <= bound + slack
    }
}

impl NumericResponse {
    pub(crate) fn check(&self, body: &NumericBody, findings: &mut Findings) {
        check_length("text", &self.text, NUMBER_CHARS_MAX as u32, findings);
        if let Some(unit) = self.unit.as_ref().filter(|unit| !unit.trim().is_empty())
            && !body.units.iter().any(|offered| same_unit(offered, unit))
        {
            findings.add("unit", "response.unknown_id", "The question doesn't offer this unit.");
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::{Outcome, Why, testing::Asked};

    fn close_to(answers: &Value) -> Asked {
        Asked::new("numeric", json!({}), json!({"answers": answers}))
    }

    fn height(rule: &Value) -> Asked {
        Asked::new(
            "numeric",
            json!({"units": ["m", "cm"]}),
            json!({
                "answers": [{"value": 1.8, "tolerance": {"kind": "absolute", "by": 0.01}, "fraction": 1}],
                "units": [{"unit": "m", "multiplier": 1}, {"unit": "cm", "multiplier": 0.01}],
                "unit_rule": rule,
            }),
        )
    }

    #[test]
    fn the_bounds_of_a_tolerance_are_inside() {
        let asked = close_to(
            &json!([{"value": 2.4145, "tolerance": {"kind": "absolute", "by": 0.0005}, "fraction": 1}]),
        );
        for right in ["2.415", "2.414", "2.4145", "２．４１４５", "24.145e-1"] {
            assert_eq!(asked.points(json!({"text": right})), (1.0, Outcome::Correct), "{right}");
        }
        for wrong in ["2.4151", "2.4139", "-2.4145", "2,4145"] {
            assert_eq!(asked.points(json!({"text": wrong})), (0.0, Outcome::Wrong), "{wrong}");
        }
        assert_eq!(asked.mark(json!({"text": "about 2"})).why, Why::NotANumber);
    }

    #[test]
    fn a_relative_tolerance_is_a_share_of_the_value() {
        let asked =
            close_to(&json!([{"value": -200, "tolerance": {"kind": "relative", "by": 0.05}, "fraction": 1}]));
        assert_eq!(asked.points(json!({"text": "−190"})), (1.0, Outcome::Correct));
        assert_eq!(asked.points(json!({"text": "-189"})), (0.0, Outcome::Wrong));
    }

    #[test]
    fn the_first_number_that_fits_decides() {
        let asked = close_to(&json!([
            {"value": 1822, "fraction": 1},
            {"value": 1822, "tolerance": {"kind": "absolute", "by": 2}, "fraction": 0.5},
        ]));
        assert_eq!(asked.points(json!({"text": "1822"})), (1.0, Outcome::Correct));
        assert_eq!(asked.points(json!({"text": "1824"})), (0.5, Outcome::Partial));
        assert_eq!(asked.points(json!({"text": "1825"})), (0.0, Outcome::Wrong));
    }

    #[test]
    fn a_unit_is_converted_chosen_or_written_behind_the_number() {
        let asked = height(&json!({"rule": "required"}));
        assert_eq!(asked.points(json!({"text": "180", "unit": "cm"})), (1.0, Outcome::Correct));
        assert_eq!(asked.points(json!({"text": "180 cm"})), (1.0, Outcome::Correct));
        assert_eq!(asked.points(json!({"text": "1.8m", "unit": null})), (1.0, Outcome::Correct));
        assert_eq!(asked.points(json!({"text": "180", "unit": "m"})), (0.0, Outcome::Wrong));
        assert_eq!(asked.mark(json!({"text": "1.8"})).why, Why::UnitMissing);
        assert_eq!(asked.misfits(json!({"text": "1", "unit": "kg"})), ["response.unit response.unknown_id"]);
    }

    #[test]
    fn a_missing_unit_costs_what_the_key_says() {
        let asked = height(&json!({"rule": "penalty", "fraction": 0.25}));
        assert_eq!(asked.points(json!({"text": "1.8"})), (0.75, Outcome::Partial));
        assert_eq!(asked.points(json!({"text": "1.8", "unit": "m"})), (1.0, Outcome::Correct));
        let asked = height(&json!({"rule": "optional"}));
        assert_eq!(asked.points(json!({"text": "1.8"})), (1.0, Outcome::Correct));
    }

    #[test]
    fn a_key_names_a_factor_for_every_unit() {
        assert_eq!(height(&json!({"rule": "required"})).problems(), [""; 0]);
        let asked = Asked::new(
            "numeric",
            json!({"units": ["m", "ｍ"]}),
            json!({
                "answers": [{"value": 1, "tolerance": {"kind": "relative", "by": -1}, "fraction": 0.5}],
                "units": [{"unit": "km", "multiplier": 0}],
                "unit_rule": {"rule": "penalty", "fraction": -1},
            }),
        );
        assert_eq!(
            asked.problems(),
            [
                "question.body.units[1] question.text_duplicate",
                "key.scheme.answers[0].tolerance.by question.number_out_of_range",
                "key.scheme.answers question.no_right_answer",
                "key.scheme.units[0].unit question.id_unknown",
                "key.scheme.units[0].multiplier question.number_out_of_range",
                "key.scheme.units question.unit_without_factor",
                "key.scheme.units question.unit_without_factor",
                "key.scheme.unit_rule.fraction question.fraction_out_of_range",
            ]
        );
    }
}
