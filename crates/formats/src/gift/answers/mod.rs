//! What stands in the braces.

mod choice;
mod matching;
mod number;
mod text;
mod truth;

use foundation::FieldProblem;
use question_model::{
    DescriptionBody, DescriptionKey, EssayBody, EssayKey, MarkScheme, QuestionBody, TextFormat,
};

use super::{arrow::arrow, chunks::Chunk};
use crate::ImportOptions;

/// A body and its scheme.
pub(super) struct Answered {
    pub(super) body: QuestionBody,
    pub(super) scheme: MarkScheme,
}

/// A text that asks nothing.
pub(super) fn description() -> Answered {
    Answered {
        body: QuestionBody::Description(DescriptionBody {}),
        scheme: MarkScheme::Description(DescriptionKey {}),
    }
}

/// Reads what stands in the braces of one question.
pub(super) struct Answers<'a> {
    chunk: &'a Chunk,
    options: &'a ImportOptions,
    /// Of the stem; answers and feedback without a tag have it too.
    format: TextFormat,
    warnings: &'a mut Vec<FieldProblem>,
}

/// An answer and the operator before it; `None` for text before the first operator.
struct Segment<'a> {
    operator: Option<char>,
    text: &'a str,
}

impl<'a> Answers<'a> {
    pub(super) fn new(
        chunk: &'a Chunk,
        options: &'a ImportOptions,
        format: TextFormat,
        warnings: &'a mut Vec<FieldProblem>,
    ) -> Self {
        Self { chunk, options, format, warnings }
    }

    /// Decides the type, in Moodle's order, and reads it.
    pub(super) fn read(mut self, text: &str) -> Result<Answered, FieldProblem> {
        if text.is_empty() {
            Ok(Answered {
                body: QuestionBody::Essay(EssayBody::default()),
                scheme: MarkScheme::Essay(EssayKey::default()),
            })
        } else if let Some(numbers) = text.strip_prefix('#') {
            self.number(numbers)
        } else if text.contains('~') {
            self.choice(text)
        } else if is_matching(text) {
            self.matching(text)
        } else if let Some(right) = truth::verdict(text) {
            Ok(self.truth(right, text))
        } else {
            self.text(text)
        }
    }

    /// A refusal that names the line of `part`.
    fn refused(&self, part: &str, code: &str, message: impl Into<String>) -> FieldProblem {
        FieldProblem::on_line(self.chunk.line_of(part), code, message)
    }

    fn warn(&mut self, part: &str, code: &str, message: impl Into<String>) {
        self.warnings.push(FieldProblem::on_line(self.chunk.line_of(part), code, message));
    }
}

/// Pairs have an arrow before any feedback.
fn is_matching(text: &str) -> bool {
    let first = segments(text, &['=']).into_iter().find(|segment| segment.operator.is_some());
    first.is_some_and(|segment| {
        let (pair, _) = split_feedback(segment.text);
        arrow(pair).is_some()
    })
}

/// The answers, parted at `operators`.
fn segments<'a>(text: &'a str, operators: &[char]) -> Vec<Segment<'a>> {
    let mut segments = Vec::new();
    let mut operator = None;
    let mut start = 0;
    for (at, character) in text.char_indices().filter(|(_, character)| operators.contains(character)) {
        segments.push(Segment { operator, text: text[start..at].trim() });
        operator = Some(character);
        start = at + character.len_utf8();
    }
    segments.push(Segment { operator, text: text[start..].trim() });
    segments.retain(|segment| segment.operator.is_some() || !segment.text.is_empty());
    segments
}

/// An answer and its feedback, parted at the first `#`.
fn split_feedback(text: &str) -> (&str, Option<&str>) {
    match text.split_once('#') {
        Some((answer, feedback)) => (answer.trim(), Some(feedback.trim())),
        None => (text.trim(), None),
    }
}
