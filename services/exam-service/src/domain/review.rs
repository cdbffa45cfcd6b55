//! What a candidate sees of a marked attempt. [`Review`] has no field that could hold a key; solutions are a type of
//! their own, beside it, made only when the release policy shows them.

use std::collections::BTreeMap;

use authz::{AttemptId, SittingId};
use exam_api::ReviewParts;
use foundation::{Instant, Points};
use question_model::{
    CandidateQuestion, Feedback, MarkScheme, Outcome, PartMark, QuestionVersionId, Response, Why, feedback,
    render::render, right_response,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    arrangement::Arrangement,
    attempt::AttemptState,
    paper::{CandidateSection, CandidateStimulus, Paper, PaperKeys, RenderedPaper, candidate_paper},
};

/// A marked attempt as its candidate sees it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Review {
    /// The attempt.
    pub attempt_id: AttemptId,
    /// Its sitting.
    pub sitting_id: SittingId,
    /// The sitting's title.
    pub title: String,
    /// IANA time zone of the sitting.
    pub time_zone: String,
    /// How the attempt ended.
    pub state: AttemptState,
    /// When it was started.
    pub started_at: Option<Instant>,
    /// When it was handed in or closed.
    pub ended_at: Option<Instant>,
    /// Whether every response has its mark; otherwise the score is what there is so far.
    pub complete: bool,
    /// The score; null when the policy doesn't show it.
    pub score: Option<Points>,
    /// What a perfect attempt scores.
    pub points_max: Points,
    /// The sections, in order.
    pub sections: Vec<CandidateSection>,
    /// Texts that questions share; empty when the policy doesn't show the questions.
    pub stimuli: Vec<CandidateStimulus>,
    /// The questions, in the candidate's order.
    pub questions: Vec<ReviewQuestion>,
}

/// A question of a review.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReviewQuestion {
    /// The question.
    pub id: QuestionVersionId,
    /// Its number in the paper, from 1; 0 for a text that asks nothing.
    pub number: u32,
    /// What was asked; null when the policy doesn't show it.
    pub question: Option<CandidateQuestion>,
    /// What the candidate gave; null for nothing, or when the policy doesn't show it.
    pub response: Option<Response>,
    /// The mark; null when the policy doesn't show it, or nothing was asked.
    pub mark: Option<ReviewMark>,
}

/// A mark as its candidate sees it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReviewMark {
    /// Points for the response.
    pub points: Points,
    /// Points for a right response.
    pub points_max: Points,
    /// In one word.
    pub outcome: Outcome,
    /// Point by point, where the question has parts.
    pub parts: Vec<PartMark>,
    /// The reason.
    pub why: Why,
    /// What the marker says; empty when there is nothing to say.
    pub comment: String,
    /// Whether a person gave it.
    pub by_person: bool,
}

/// A review with solutions.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SolvedReview {
    /// The review.
    #[serde(flatten)]
    pub review: Review,
    /// What would have been right, and why.
    pub solutions: Vec<Solution>,
}

/// What would have been right. Made from the key.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Solution {
    /// The question.
    pub question_id: QuestionVersionId,
    /// A response that brings all the points; null where a person decides.
    pub right: Option<Response>,
    /// An answer that deserves all the points, where the author wrote one; sanitised.
    pub model_answer_html: Option<String>,
    /// What is said about the response, and to everybody.
    pub feedback: Feedback,
}

/// What a review is made of, beside the paper.
#[derive(Clone, Debug)]
pub struct ReviewHead {
    /// The attempt.
    pub attempt_id: AttemptId,
    /// Its sitting.
    pub sitting_id: SittingId,
    /// The sitting's title.
    pub title: String,
    /// The sitting's time zone.
    pub time_zone: String,
    /// How the attempt ended.
    pub state: AttemptState,
    /// When it was started.
    pub started_at: Option<Instant>,
    /// When it was handed in or closed.
    pub ended_at: Option<Instant>,
    /// Whether every response has its mark.
    pub complete: bool,
    /// The score.
    pub score: Points,
}

/// Puts a review together: what `parts` show of it, and nothing else.
pub fn review(
    head: ReviewHead,
    (paper, rendered): (&Paper, &RenderedPaper),
    arrangement: &Arrangement,
    responses: &BTreeMap<QuestionVersionId, Response>,
    mut marks: BTreeMap<QuestionVersionId, ReviewMark>,
    parts: ReviewParts,
) -> Review {
    let shown = candidate_paper(head.attempt_id, paper, rendered, arrangement);
    let questions = shown
        .questions
        .into_iter()
        .map(|question| ReviewQuestion {
            id: question.id,
            number: question.number,
            response: responses.get(&question.id).filter(|_| parts.responses).cloned(),
            mark: marks.remove(&question.id).filter(|_| parts.marks),
            question: parts.responses.then_some(question),
        })
        .collect();
    Review {
        attempt_id: head.attempt_id,
        sitting_id: head.sitting_id,
        title: head.title,
        time_zone: head.time_zone,
        state: head.state,
        started_at: head.started_at,
        ended_at: head.ended_at,
        complete: head.complete,
        score: parts.score.then_some(head.score),
        points_max: paper.points_max(),
        sections: shown.sections,
        stimuli: if parts.responses { shown.stimuli } else { Vec::new() },
        questions,
    }
}

/// What would have been right, for every question that is answered, in the paper's order.
pub fn solutions(
    paper: &Paper,
    keys: &PaperKeys,
    responses: &BTreeMap<QuestionVersionId, Response>,
) -> Vec<Solution> {
    paper
        .questions()
        .filter(|question| question.question.question_type().is_answered())
        .filter_map(|question| {
            let key = keys.0.get(&question.id)?;
            let model_answer = match &key.scheme {
                MarkScheme::Essay(essay) => essay.model_answer.as_ref().filter(|text| !text.is_blank()),
                _ => None,
            };
            Some(Solution {
                question_id: question.id,
                right: right_response(&question.question, key),
                model_answer_html: model_answer.map(render),
                feedback: feedback(&question.question, key, responses.get(&question.id)),
            })
        })
        .collect()
}
