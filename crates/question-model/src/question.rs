//! What is asked.

use foundation::{Id, IdKind};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    RichText,
    types::{
        cloze::ClozeBody, description::DescriptionBody, essay::EssayBody, file_upload::FileUploadBody,
        matching::MatchingBody, multiple_choice::MultipleChoiceBody, numeric::NumericBody,
        ordering::OrderingBody, short_text::ShortTextBody, single_choice::SingleChoiceBody,
        true_false::TrueFalseBody,
    },
};

/// Names one version of a question.
pub enum QuestionVersion {}
impl IdKind for QuestionVersion {
    const NAME: &'static str = "question_version";
}
/// The id of one version of a question: what papers, attempts and responses refer to.
pub type QuestionVersionId = Id<QuestionVersion>;

/// What an author asks, without anything that says what is right.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// What the candidate reads first.
    pub stem: RichText,
    /// What the candidate answers with.
    pub body: QuestionBody,
}

/// What the candidate answers with, by type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum QuestionBody {
    /// Choose one.
    SingleChoice(SingleChoiceBody),
    /// Choose any number.
    MultipleChoice(MultipleChoiceBody),
    /// True or false.
    TrueFalse(TrueFalseBody),
    /// A word or phrase.
    ShortText(ShortTextBody),
    /// A number, perhaps with a unit.
    Numeric(NumericBody),
    /// A text with gaps.
    Cloze(ClozeBody),
    /// A target for each prompt.
    Matching(MatchingBody),
    /// Items to put in order.
    Ordering(OrderingBody),
    /// A longer text, marked by a person.
    Essay(EssayBody),
    /// Files, marked by a person.
    FileUpload(FileUploadBody),
    /// Text only; nothing is asked.
    Description(DescriptionBody),
}

/// The type of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum QuestionType {
    /// Choose one.
    SingleChoice,
    /// Choose any number.
    MultipleChoice,
    /// True or false.
    TrueFalse,
    /// A word or phrase.
    ShortText,
    /// A number, perhaps with a unit.
    Numeric,
    /// A text with gaps.
    Cloze,
    /// A target for each prompt.
    Matching,
    /// Items to put in order.
    Ordering,
    /// A longer text, marked by a person.
    Essay,
    /// Files, marked by a person.
    FileUpload,
    /// Text only; nothing is asked.
    Description,
}

impl QuestionType {
    /// Every type, in the order in which they are offered.
    pub const ALL: [Self; 11] = [
        Self::SingleChoice,
        Self::MultipleChoice,
        Self::TrueFalse,
        Self::ShortText,
        Self::Numeric,
        Self::Cloze,
        Self::Matching,
        Self::Ordering,
        Self::Essay,
        Self::FileUpload,
        Self::Description,
    ];

    /// The name on the wire and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SingleChoice => "single_choice",
            Self::MultipleChoice => "multiple_choice",
            Self::TrueFalse => "true_false",
            Self::ShortText => "short_text",
            Self::Numeric => "numeric",
            Self::Cloze => "cloze",
            Self::Matching => "matching",
            Self::Ordering => "ordering",
            Self::Essay => "essay",
            Self::FileUpload => "file_upload",
            Self::Description => "description",
        }
    }

    /// The type with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// Whether a response is expected.
    pub const fn is_answered(self) -> bool {
        !matches!(self, Self::Description)
    }

    /// Whether a person has to mark it.
    pub const fn needs_marker(self) -> bool {
        matches!(self, Self::Essay | Self::FileUpload)
    }
}

impl Question {
    /// Its type.
    pub const fn question_type(&self) -> QuestionType {
        self.body.question_type()
    }

    /// Every text that a candidate reads, for search and for finding the media in use.
    pub fn texts(&self) -> Vec<&RichText> {
        let mut texts = vec![&self.stem];
        match &self.body {
            QuestionBody::SingleChoice(body) => texts.extend(body.options.iter().map(|option| &option.text)),
            QuestionBody::MultipleChoice(body) => {
                texts.extend(body.options.iter().map(|option| &option.text));
            }
            QuestionBody::Cloze(body) => texts.push(&body.text),
            QuestionBody::Matching(body) => {
                texts.extend(body.prompts.iter().chain(&body.targets).map(|part| &part.text));
            }
            QuestionBody::Ordering(body) => texts.extend(body.items.iter().map(|item| &item.text)),
            QuestionBody::TrueFalse(_)
            | QuestionBody::ShortText(_)
            | QuestionBody::Numeric(_)
            | QuestionBody::Essay(_)
            | QuestionBody::FileUpload(_)
            | QuestionBody::Description(_) => {}
        }
        texts
    }
}

impl QuestionBody {
    /// Its type.
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
