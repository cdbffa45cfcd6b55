//! `{T}`, `{FALSE#said to the wrong response#said to the right one}`.

use question_model::{MarkScheme, QuestionBody, TrueFalseBody, TrueFalseKey};

use super::{Answered, Answers};
use crate::gift::rich::feedback;

/// Which of the two `text` says, if it says one.
pub(super) fn verdict(text: &str) -> Option<bool> {
    match text.split('#').next().unwrap_or_default().trim() {
        "T" | "TRUE" => Some(true),
        "F" | "FALSE" => Some(false),
        _ => None,
    }
}

impl Answers<'_> {
    /// The first comment is for the *wrong* response, the second for the right one.
    pub(super) fn truth(&mut self, right: bool, text: &str) -> Answered {
        let mut comments = text.splitn(3, '#').skip(1).map(str::trim);
        let for_wrong = feedback(comments.next(), self.format);
        let for_right = feedback(comments.next(), self.format);
        let (feedback_true, feedback_false) =
            if right { (for_right, for_wrong) } else { (for_wrong, for_right) };
        Answered {
            body: QuestionBody::TrueFalse(TrueFalseBody {}),
            scheme: MarkScheme::TrueFalse(TrueFalseKey { right, feedback_true, feedback_false }),
        }
    }
}
