//! `mark`: a response and a key in, points and reasons out.

use foundation::Points;

use crate::{
    Key, MarkScheme, Marked, Outcome, PartId, PartMark, Question, QuestionBody, QuestionType, Response, Why,
    fraction::Share,
};

/// Marks one response. Deterministic, total and without side effects: whatever goes in, the same comes out,
/// and `-points_max ≤ points ≤ points_max`. A negative `points_max` counts as zero.
///
/// A key that isn't of the question's type asks for a person; a response that isn't is wrong.
pub fn mark(question: &Question, key: &Key, points_max: Points, response: Option<&Response>) -> Marked {
    let points_max = points_max.max(Points::ZERO);
    let kind = question.question_type();
    if kind == QuestionType::Description {
        return unscored(Points::ZERO, Outcome::Unanswered, Why::NotAsked);
    }
    let Some(response) = response.filter(|response| !response.is_empty()) else {
        return unscored(points_max, Outcome::Unanswered, Why::Unanswered);
    };
    if response.question_type() != kind {
        return unscored(points_max, Outcome::Wrong, Why::ResponseMismatch);
    }
    let score = match (&question.body, &key.scheme, response) {
        (QuestionBody::SingleChoice(_), MarkScheme::SingleChoice(key), Response::SingleChoice(response)) => {
            key.mark(response)
        }
        (
            QuestionBody::MultipleChoice(body),
            MarkScheme::MultipleChoice(key),
            Response::MultipleChoice(response),
        ) => key.mark(body, response),
        (QuestionBody::TrueFalse(_), MarkScheme::TrueFalse(key), Response::TrueFalse(response)) => {
            key.mark(response)
        }
        (QuestionBody::ShortText(_), MarkScheme::ShortText(key), Response::ShortText(response)) => {
            key.mark(&response.text)
        }
        (QuestionBody::Numeric(body), MarkScheme::Numeric(key), Response::Numeric(response)) => {
            key.mark(&body.units, &response.text, response.unit.as_deref())
        }
        (QuestionBody::Cloze(body), MarkScheme::Cloze(key), Response::Cloze(response)) => {
            key.mark(body, response)
        }
        (QuestionBody::Matching(body), MarkScheme::Matching(key), Response::Matching(response)) => {
            key.mark(body, response)
        }
        (QuestionBody::Ordering(_), MarkScheme::Ordering(key), Response::Ordering(response)) => {
            key.mark(response)
        }
        (QuestionBody::Essay(body), MarkScheme::Essay(_), Response::Essay(response)) => {
            return unscored(points_max, Outcome::NeedsMarking, body.why_by_marker(response));
        }
        (QuestionBody::FileUpload(_), MarkScheme::FileUpload(_), Response::FileUpload(_)) => {
            let why = Why::ByMarker { words: None, too_long: false, too_short: false };
            return unscored(points_max, Outcome::NeedsMarking, why);
        }
        _ => return unscored(points_max, Outcome::NeedsMarking, Why::KeyMismatch),
    };
    score.marked(points_max)
}

const fn unscored(points_max: Points, outcome: Outcome, why: Why) -> Marked {
    Marked { points: Points::ZERO, points_max, outcome, parts: Vec::new(), why }
}

/// What a type's rule found, in exact shares.
pub(crate) struct Score {
    pub(crate) share: Share,
    pub(crate) parts: Vec<PartScore>,
    pub(crate) why: Why,
}

/// The share of the whole question that one part brings.
pub(crate) struct PartScore {
    pub(crate) part: PartId,
    pub(crate) share: Share,
    pub(crate) why: Why,
}

impl Score {
    /// All the points or none.
    pub(crate) const fn all_or_nothing(right: bool, why: Why) -> Self {
        Self { share: if right { Share::FULL } else { Share::ZERO }, parts: Vec::new(), why }
    }

    /// This share of the points.
    pub(crate) const fn of(share: Share, why: Why) -> Self {
        Self { share, parts: Vec::new(), why }
    }

    fn marked(self, points_max: Points) -> Marked {
        let share = self.share.bounded();
        let outcome = if share.is_full() {
            Outcome::Correct
        } else if share.is_positive() {
            Outcome::Partial
        } else {
            Outcome::Wrong
        };
        let parts = self
            .parts
            .into_iter()
            .map(|part| PartMark { part: part.part, points: part.share.of_points(points_max), why: part.why })
            .collect();
        Marked { points: share.of_points(points_max), points_max, outcome, parts, why: self.why }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::testing::{Asked, parts};

    fn capital() -> Asked {
        let body = json!({"options": parts(&["Paris", "Lyon"])});
        Asked::new("single_choice", body, json!({"fractions": {"a": 1}}))
    }

    #[test]
    fn a_response_of_another_type_is_wrong_and_a_key_of_another_type_asks_for_a_person() {
        let asked = capital();
        let truth = Asked::new("true_false", json!({}), json!({"right": true}));
        let marked =
            mark(&asked.question, &asked.key, Points::ONE, Some(&truth.response(json!({"value": true}))));
        assert_eq!((marked.outcome, marked.why), (Outcome::Wrong, Why::ResponseMismatch));
        let marked =
            mark(&asked.question, &truth.key, Points::ONE, Some(&asked.response(json!({"choice": "a"}))));
        assert_eq!((marked.outcome, marked.why), (Outcome::NeedsMarking, Why::KeyMismatch));
    }

    #[test]
    fn a_text_that_asks_nothing_is_worth_nothing() {
        let asked = Asked::new("description", json!({}), json!({}));
        let marked = mark(&asked.question, &asked.key, Points::whole(5), None);
        assert_eq!((marked.points_max, marked.why), (Points::ZERO, Why::NotAsked));
    }

    #[test]
    fn points_below_zero_to_give_count_as_none() {
        let asked = capital();
        let right = asked.response(json!({"choice": "a"}));
        let marked = mark(&asked.question, &asked.key, Points::whole(-3), Some(&right));
        assert_eq!((marked.points, marked.outcome), (Points::ZERO, Outcome::Correct));
    }
}
