//! Marking a whole attempt: each response by its key, then the sum.

use std::collections::BTreeMap;

use foundation::Points;
use question_model::{Marked, Outcome, QuestionVersionId, Response, mark};

use super::{
    attempt::MarkingState,
    paper::{Paper, PaperKeys},
};

/// A marked question.
#[derive(Clone, Debug, PartialEq)]
pub struct QuestionMark {
    /// The question.
    pub question: QuestionVersionId,
    /// Its mark.
    pub marked: Marked,
}

/// What came of marking an attempt.
#[derive(Clone, Debug, PartialEq)]
pub struct Scored {
    /// A mark for every question that is answered, in the paper's order.
    pub marks: Vec<QuestionMark>,
    /// Whether something waits for a person.
    pub marking: MarkingState,
    /// The sum so far.
    pub score: Points,
}

/// Marks every question of `paper`. A response that can't be read as one counts as none given.
pub fn score(
    paper: &Paper,
    keys: &PaperKeys,
    responses: &BTreeMap<QuestionVersionId, Response>,
    floor_at_zero: bool,
) -> Scored {
    let mut marks = Vec::new();
    for question in paper.questions().filter(|question| question.question.question_type().is_answered()) {
        let Some(key) = keys.0.get(&question.id) else { continue };
        let response = responses.get(&question.id);
        let marked = mark(&question.question, key, question.points, response);
        marks.push(QuestionMark { question: question.id, marked });
    }
    let (score, marking) =
        total(marks.iter().map(|mark| (mark.marked.points, mark.marked.outcome)), floor_at_zero);
    Scored { marks, marking, score }
}

/// The sum of marks, and whether all of them are final.
pub fn total(marks: impl Iterator<Item = (Points, Outcome)>, floor_at_zero: bool) -> (Points, MarkingState) {
    let mut sum = Points::ZERO;
    let mut marking = MarkingState::Marked;
    for (points, outcome) in marks {
        sum = sum + points;
        if outcome == Outcome::NeedsMarking {
            marking = MarkingState::Partial;
        }
    }
    (if floor_at_zero { sum.max(Points::ZERO) } else { sum }, marking)
}
