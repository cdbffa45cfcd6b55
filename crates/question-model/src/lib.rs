//! Question, key, response and [`mark`]: what is asked, what makes a response right, and what it is worth.
//!
//! - A [`Question`] is what the author asks. It holds nothing that says what is right.
//! - A [`Key`] lives beside it: what is right, what it is worth, and what to say about it.
//! - A [`Response`] is what a candidate gave.
//! - [`mark`] is a pure function of the three: the same input gives the same [`Marked`], for ever.
//! - [`candidate_view`] makes what a candidate may see; its types have no field that could hold a key.
//!
//! Each question type has one file under `types/` with its body, key, response and rules together.

mod candidate;
mod conceal;
mod fold;
mod fraction;
mod key;
pub mod limits;
mod mark;
mod marked;
mod number;
mod order;
mod part_id;
mod question;
pub mod render;
mod response;
mod review;
mod rich_text;
#[cfg(test)]
mod testing;
mod types;
mod validate;

pub use candidate::{
    CandidateQuestion, CandidateView, GapView, GapViewKind, Interaction, PartView, authored_view,
    candidate_view,
};
pub use conceal::conceal;
pub use fold::{Folding, matches_pattern};
pub use fraction::{Fraction, FractionInvalid};
pub use key::{Key, MarkScheme};
pub use mark::mark;
pub use marked::{Marked, Outcome, PartMark, Why};
pub use number::parse_number;
pub use order::{OptionOrder, option_order};
pub use part_id::{PartId, PartIdInvalid};
pub use question::{Question, QuestionBody, QuestionType, QuestionVersion, QuestionVersionId};
pub use response::Response;
pub use review::{Feedback, PartFeedback, feedback, right_response};
pub use rich_text::{RichText, TextFormat};
pub use types::{
    choice_option::ChoiceOption,
    cloze::{ClozeBody, ClozeKey, ClozeResponse, Gap, GapKey, GapKind, GapOption, GapScheme},
    description::{DescriptionBody, DescriptionKey},
    essay::{EssayBody, EssayKey, EssayResponse, count_words},
    file_upload::{FileUploadBody, FileUploadKey, FileUploadResponse, UploadedFile},
    matching::{MatchingBody, MatchingKey, MatchingResponse, MatchingRule},
    multiple_choice::{MultipleChoiceBody, MultipleChoiceKey, MultipleChoiceResponse, MultipleChoiceRule},
    numeric::{NumericAnswer, NumericBody, NumericKey, NumericResponse, Tolerance, UnitFactor, UnitRule},
    ordering::{OrderingBody, OrderingKey, OrderingResponse, OrderingRule},
    short_text::{ShortTextBody, ShortTextKey, ShortTextResponse, TextAlternative},
    single_choice::{SingleChoiceBody, SingleChoiceKey, SingleChoiceResponse},
    text_part::TextPart,
    true_false::{TrueFalseBody, TrueFalseKey, TrueFalseResponse},
};
pub use validate::validate;
