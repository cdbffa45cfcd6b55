//! `{~wrong =right}` and, without any `=`, `{~%50%right ~%50%right too ~%-100%wrong}`.

use std::collections::BTreeMap;

use foundation::FieldProblem;
use question_model::{
    ChoiceOption, Fraction, MarkScheme, MultipleChoiceBody, MultipleChoiceKey, MultipleChoiceRule, PartId,
    QuestionBody, SingleChoiceBody, SingleChoiceKey,
};

use super::{Answered, Answers, segments, split_feedback};
use crate::gift::{
    rich::{feedback, rich},
    weight::{fraction, split_weight},
};

/// Options that Moodle wants at least.
const OPTIONS_MIN: usize = 2;

impl Answers<'_> {
    pub(super) fn choice(&mut self, text: &str) -> Result<Answered, FieldProblem> {
        let segments = segments(text, &['~', '=']);
        if segments.len() < OPTIONS_MIN {
            return Err(self.refused(text, "gift.too_few_answers", "A choice needs at least two options."));
        }
        let single = segments.iter().any(|segment| segment.operator == Some('='));
        let mut options = Vec::with_capacity(segments.len());
        let mut fractions = BTreeMap::new();
        let mut said = BTreeMap::new();
        for (place, segment) in segments.iter().enumerate() {
            if segment.operator.is_none() {
                self.warn(
                    segment.text,
                    "gift.option_without_sign",
                    "The text before the first ~ or = is taken as a wrong option.",
                );
            }
            let (percent, rest) = split_weight(segment.text);
            let worth = match (percent, segment.operator) {
                (Some(percent), _) => {
                    let line = self.chunk.line_of(segment.text);
                    fraction(percent, self.options.weights, line)?
                }
                (None, Some('=')) => Fraction::FULL,
                (None, _) => Fraction::NONE,
            };
            let (option, about) = split_feedback(rest);
            let id = PartId::lettered(place);
            if worth != Fraction::NONE {
                fractions.insert(id.clone(), worth);
            }
            if let Some(about) = feedback(about, self.format) {
                said.insert(id.clone(), about);
            }
            options.push(ChoiceOption { id, text: rich(option, self.format), fixed: false });
        }
        Ok(if single {
            single_choice(options, fractions, said)
        } else {
            multiple_choice(options, fractions, said)
        })
    }
}

type ById<T> = BTreeMap<PartId, T>;

fn single_choice(
    options: Vec<ChoiceOption>,
    fractions: ById<Fraction>,
    feedback: ById<question_model::RichText>,
) -> Answered {
    Answered {
        body: QuestionBody::SingleChoice(SingleChoiceBody { options, shuffle: true }),
        scheme: MarkScheme::SingleChoice(SingleChoiceKey { fractions, feedback }),
    }
}

/// Moodle marks several choices by the sum of their weights, not below zero.
fn multiple_choice(
    options: Vec<ChoiceOption>,
    weights: ById<Fraction>,
    feedback: ById<question_model::RichText>,
) -> Answered {
    let marking = MultipleChoiceRule::Weighted { weights, floor_zero: true };
    Answered {
        body: QuestionBody::MultipleChoice(MultipleChoiceBody { options, shuffle: true, choices_max: None }),
        scheme: MarkScheme::MultipleChoice(MultipleChoiceKey { marking, feedback }),
    }
}
