//! What a candidate gave.

use foundation::FieldProblem;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    Question, QuestionBody, QuestionType,
    types::{
        cloze::ClozeResponse, essay::EssayResponse, file_upload::FileUploadResponse,
        matching::MatchingResponse, multiple_choice::MultipleChoiceResponse, numeric::NumericResponse,
        ordering::OrderingResponse, short_text::ShortTextResponse, single_choice::SingleChoiceResponse,
        true_false::TrueFalseResponse,
    },
    validate::Findings,
};

/// What a candidate gave to one question. A cleared response is one whose value is null, `""`, `[]` or `{}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Response {
    /// One option.
    SingleChoice(SingleChoiceResponse),
    /// Any number of options.
    MultipleChoice(MultipleChoiceResponse),
    /// True or false.
    TrueFalse(TrueFalseResponse),
    /// A word or phrase.
    ShortText(ShortTextResponse),
    /// A number as written, and its unit.
    Numeric(NumericResponse),
    /// What stands in each gap.
    Cloze(ClozeResponse),
    /// The target of each prompt.
    Matching(MatchingResponse),
    /// The items in order.
    Ordering(OrderingResponse),
    /// A longer text.
    Essay(EssayResponse),
    /// Uploaded files.
    FileUpload(FileUploadResponse),
}

impl Response {
    /// The type of question that it answers.
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
        }
    }

    /// Whether nothing was given, or what was given has been cleared.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::SingleChoice(response) => response.choice.is_none(),
            Self::MultipleChoice(response) => response.choices.is_empty(),
            Self::TrueFalse(response) => response.value.is_none(),
            Self::ShortText(response) => response.text.trim().is_empty(),
            Self::Numeric(response) => response.text.trim().is_empty(),
            Self::Cloze(response) => response.gaps.values().all(|text| text.trim().is_empty()),
            Self::Matching(response) => response.pairs.is_empty(),
            Self::Ordering(response) => response.order.is_empty(),
            Self::Essay(response) => response.text.trim().is_empty(),
            Self::FileUpload(response) => response.files.is_empty(),
        }
    }

    /// Says what of this response can't be a response to `question`: another type, an unknown option, too
    /// long, too many. It never looks at a key.
    ///
    /// # Errors
    /// When something doesn't fit; each problem names its field.
    pub fn check(&self, question: &Question) -> Result<(), Vec<FieldProblem>> {
        let mut findings = Findings::new("response");
        match (&question.body, self) {
            (QuestionBody::SingleChoice(body), Self::SingleChoice(response)) => {
                response.check(body, &mut findings);
            }
            (QuestionBody::MultipleChoice(body), Self::MultipleChoice(response)) => {
                response.check(body, &mut findings);
            }
            (QuestionBody::TrueFalse(_), Self::TrueFalse(_)) => {}
            (QuestionBody::ShortText(body), Self::ShortText(response)) => response.check(body, &mut findings),
            (QuestionBody::Numeric(body), Self::Numeric(response)) => response.check(body, &mut findings),
            (QuestionBody::Cloze(body), Self::Cloze(response)) => response.check(body, &mut findings),
            (QuestionBody::Matching(body), Self::Matching(response)) => response.check(body, &mut findings),
            (QuestionBody::Ordering(body), Self::Ordering(response)) => response.check(body, &mut findings),
            (QuestionBody::Essay(body), Self::Essay(response)) => response.check(body, &mut findings),
            (QuestionBody::FileUpload(body), Self::FileUpload(response)) => {
                response.check(body, &mut findings);
            }
            _ => findings.add(
                "type",
                "response.type",
                format!("The question is answered with {}.", question.question_type().as_str()),
            ),
        }
        findings.into_result()
    }
}
