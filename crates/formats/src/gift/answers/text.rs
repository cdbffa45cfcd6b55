//! `{=no one =nobody}`.

use foundation::FieldProblem;
use question_model::{
    Folding, Fraction, MarkScheme, QuestionBody, ShortTextBody, ShortTextKey, TextAlternative,
};

use super::{Answered, Answers, segments, split_feedback};
use crate::gift::{
    rich::{feedback, rich},
    weight::{fraction, split_weight},
};

impl Answers<'_> {
    pub(super) fn text(&mut self, text: &str) -> Result<Answered, FieldProblem> {
        let folding = Folding::default();
        let mut alternatives: Vec<TextAlternative> = Vec::new();
        for segment in segments(text, &['=']) {
            let (percent, rest) = split_weight(segment.text);
            let worth = match percent {
                Some(percent) => fraction(percent, self.options.weights, self.chunk.line_of(segment.text))?,
                None => Fraction::FULL,
            };
            let (answer, said) = split_feedback(rest);
            let pattern = rich(answer, self.format).text;
            if pattern.is_empty() {
                return Err(self.refused(segment.text, "gift.empty_answer", "An answer is empty."));
            }
            let folded = folding.fold(&pattern);
            if alternatives.iter().any(|earlier| folding.fold(&earlier.pattern) == folded) {
                let message = format!("The answer {pattern} is there twice; the first one counts.");
                self.warn(segment.text, "gift.answer_twice", message);
                continue;
            }
            self.warn_of_slips(segment.text, &pattern);
            alternatives.push(TextAlternative {
                pattern,
                fraction: worth,
                feedback: feedback(said, self.format),
            });
        }
        Ok(Answered {
            body: QuestionBody::ShortText(ShortTextBody::default()),
            scheme: MarkScheme::ShortText(ShortTextKey { alternatives, folding }),
        })
    }

    /// What may have been meant as something else than an accepted text.
    fn warn_of_slips(&mut self, segment: &str, pattern: &str) {
        if pattern.starts_with(['＝', '～']) {
            let message = "Full-width ＝ and ～ are text. Write = and ~ if operators are meant.";
            self.warn(segment, "gift.full_width", message);
        }
        let is_verdict = ["true", "false", "t", "f"].contains(&pattern.to_lowercase().as_str());
        if is_verdict && !segment.is_empty() {
            let message =
                format!("{pattern} is read as a short text. Write TRUE or FALSE for true or false.");
            self.warn(segment, "gift.verdict_as_text", message);
        }
    }
}
