//! What makes a response right, and what it is worth. Lives beside the question, never inside it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    QuestionType, RichText,
    types::{
        cloze::ClozeKey, description::DescriptionKey, essay::EssayKey, file_upload::FileUploadKey,
        matching::MatchingKey, multiple_choice::MultipleChoiceKey, numeric::NumericKey,
        ordering::OrderingKey, short_text::ShortTextKey, single_choice::SingleChoiceKey,
        true_false::TrueFalseKey,
    },
};

/// What makes a response to one question version right, and what is said about it afterwards.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Key {
    /// The rules of marking.
    pub scheme: MarkScheme,
    /// Said to everybody after the exam.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub general_feedback: Option<RichText>,
    /// Why the right answer is right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explanation: Option<RichText>,
}

/// The rules of marking, by type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum MarkScheme {
    /// A fraction for each option.
    SingleChoice(SingleChoiceKey),
    /// The right options and a rule, or a weight for each.
    MultipleChoice(MultipleChoiceKey),
    /// Which of the two.
    TrueFalse(TrueFalseKey),
    /// Accepted texts.
    ShortText(ShortTextKey),
    /// Accepted numbers.
    Numeric(NumericKey),
    /// A key for each gap.
    Cloze(ClozeKey),
    /// The right target for each prompt.
    Matching(MatchingKey),
    /// The right order.
    Ordering(OrderingKey),
    /// Notes for the marker.
    Essay(EssayKey),
    /// Notes for the marker.
    FileUpload(FileUploadKey),
    /// Nothing to mark.
    Description(DescriptionKey),
}

impl Key {
    /// A key with these rules and no texts.
    pub const fn new(scheme: MarkScheme) -> Self {
        Self { scheme, general_feedback: None, explanation: None }
    }

    /// Every text in the key, for finding the media in use.
    pub fn texts(&self) -> Vec<&RichText> {
        let mut texts: Vec<&RichText> = self.general_feedback.iter().chain(self.explanation.iter()).collect();
        match &self.scheme {
            MarkScheme::SingleChoice(key) => texts.extend(key.feedback.values()),
            MarkScheme::MultipleChoice(key) => texts.extend(key.feedback.values()),
            MarkScheme::TrueFalse(key) => {
                texts.extend(key.feedback_true.iter().chain(&key.feedback_false));
            }
            MarkScheme::ShortText(key) => texts.extend(key.texts()),
            MarkScheme::Numeric(key) => texts.extend(key.texts()),
            MarkScheme::Cloze(key) => texts.extend(key.texts()),
            MarkScheme::Essay(key) => texts.extend(key.marking_notes.iter().chain(&key.model_answer)),
            MarkScheme::FileUpload(key) => texts.extend(&key.marking_notes),
            MarkScheme::Matching(_) | MarkScheme::Ordering(_) | MarkScheme::Description(_) => {}
        }
        texts
    }
}

impl MarkScheme {
    /// The type of question that it marks.
    pub const fn question_type(&self) -> QuestionType {
        match self {
            Self::SingleChoice(_) => QuestionType::SingleChoice,
            Self::MultipleChoice(_) => QuestionType::MultipleChoice,
            Self::TrueFalse(_) => QuestionType::TrueFalse,
            Self::ShortText(_) => QuestionType::ShortText,
            Self::Numeric(_) => QuestionType::Numeric,
            Self::Cloze(_) => QuestionType::Cloze,
            Self::Matching(_) => QuestionType::Matching,
            Self::Ordering(_) => QuestionType::Ordering,
            Self::Essay(_) => QuestionType::Essay,
            Self::FileUpload(_) => QuestionType::FileUpload,
            Self::Description(_) => QuestionType::Description,
        }
    }
}
