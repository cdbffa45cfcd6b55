//! `{#3:2}`, `{#1..5}`, `{#=3.1415:0.0005 =%50%3:1 ~#not even close}`.

use foundation::FieldProblem;
use question_model::{
    Fraction, MarkScheme, NumericAnswer, NumericBody, NumericKey, QuestionBody, Tolerance, parse_number,
};

use super::{Answered, Answers, Segment, segments, split_feedback};
use crate::gift::{
    escape::show,
    rich::feedback,
    weight::{fraction, split_weight},
};

impl Answers<'_> {
    pub(super) fn number(&mut self, text: &str) -> Result<Answered, FieldProblem> {
        let mut key = NumericKey::default();
        for segment in segments(text, &['=', '~']) {
            self.number_segment(&segment, &mut key)?;
        }
        if key.answers.is_empty() {
            return Err(self.refused(text, "gift.no_number", "A numerical question needs a number."));
        }
        Ok(Answered { body: QuestionBody::Numeric(NumericBody::default()), scheme: MarkScheme::Numeric(key) })
    }

    fn number_segment(&mut self, segment: &Segment<'_>, key: &mut NumericKey) -> Result<(), FieldProblem> {
        let line = self.chunk.line_of(segment.text);
        let (percent, rest) = split_weight(segment.text);
        let (number, said) = split_feedback(rest);
        let said = feedback(said, self.format);
        let worth = match (percent, segment.operator) {
            (Some(percent), _) => fraction(percent, self.options.weights, line)?,
            (None, Some('~')) => Fraction::NONE,
            (None, _) => Fraction::FULL,
        };
        // Whatever else is given: `~#feedback`, or Moodle's `=%0%*#feedback`.
        if matches!(number, "" | "*") {
            if worth != Fraction::NONE {
                return Err(self.refused(
                    segment.text,
                    "gift.no_number",
                    "Only a wrong answer may stand for any number.",
                ));
            }
            key.feedback_other = key.feedback_other.take().or(said);
            return Ok(());
        }
        let (value, by) = range(number).ok_or_else(|| {
            self.refused(
                segment.text,
                "gift.not_a_number",
                format!(
                    "{} is no number, number:tolerance or lowest..highest. The decimal sign is a point.",
                    show(number)
                ),
            )
        })?;
        key.answers.push(NumericAnswer {
            value,
            tolerance: Tolerance::Absolute { by },
            fraction: worth,
            feedback: said,
        });
        Ok(())
    }
}

/// The number and how far off is close enough.
fn range(text: &str) -> Option<(f64, f64)> {
    let number = |text: &str| parse_number(text, false);
    if let Some((lowest, highest)) = text.split_once("..") {
        let (lowest, highest) = (number(lowest)?, number(highest)?);
        let centre = lowest / 2.0 + highest / 2.0;
        let by = (highest - centre).abs();
        return Some((centre, by)).filter(|_| by.is_finite());
    }
    let (value, by) = text.split_once(':').map_or((text, "0"), |parts| parts);
    let by = number(by).filter(|by| *by >= 0.0)?;
    Some((number(value)?, by))
}

#[cfg(test)]
mod tests {
    use super::range;

    #[test]
    fn a_number_has_a_tolerance_or_bounds() {
        assert_eq!(range("3"), Some((3.0, 0.0)));
        assert_eq!(range("3:2"), Some((3.0, 2.0)));
        assert_eq!(range("1..5"), Some((3.0, 2.0)));
        assert_eq!(range("-5..5"), Some((0.0, 5.0)));
        assert_eq!(range("\u{2212}1.5e3 : 0.5"), Some((-1500.0, 0.5)));
        for text in ["", "x", "3:", ":2", "3:-1", "3,14", "1..", "1..5..9", "3:2:1"] {
            assert_eq!(range(text), None, "{text}");
        }
    }
}
