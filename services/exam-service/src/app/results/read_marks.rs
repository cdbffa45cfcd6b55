//! Staff look at the marks of one attempt: each with the reason for it.

use std::collections::HashMap;

use authz::{AccountId, Action, Actor, AttemptId, SittingId};
use foundation::{Instant, Points, Problem};
use question_model::{
    CandidateQuestion, Marked, OptionOrder, QuestionVersionId, Response, candidate_view, render::render,
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    ExamService,
    app::sittings::load::{load, load_attempt},
    domain::{attempt::MarkingState, paper::CandidateStimulus},
    store::{self, results::MarkRow},
};

/// The marks of an attempt.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AttemptMarks {
    /// The attempt.
    pub attempt_id: AttemptId,
    /// Where its marking stands.
    pub marking: MarkingState,
    /// The score so far; null before it was marked.
    pub score: Option<Points>,
    /// What a perfect attempt scores.
    pub points_max: Points,
    /// Texts that questions share.
    pub stimuli: Vec<CandidateStimulus>,
    /// The marks, in the paper's order.
    pub marks: Vec<MarkView>,
}

/// A mark with the reason for it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MarkView {
    /// The question.
    pub question_id: QuestionVersionId,
    /// Its number in the paper, from 1.
    pub number: u32,
    /// What was asked, in the author's order.
    pub question: CandidateQuestion,
    /// What counted of what the candidate gave; null for nothing, or once erased.
    pub response: Option<Response>,
    /// The mark: points, outcome, parts and why.
    pub marked: Marked,
    /// The version of the key that it was marked by.
    pub key_version: i64,
    /// Who marked it; null for the machine.
    pub marked_by: Option<AccountId>,
    /// What the marker says to the candidate.
    pub comment: String,
    /// When.
    pub marked_at: Instant,
}

/// The marks of an attempt, explained.
///
/// # Errors
/// 404 when the sitting or the attempt isn't there or lies elsewhere.
pub async fn read_marks(
    service: &ExamService,
    actor: &Actor,
    id: SittingId,
    attempt: AttemptId,
) -> Result<AttemptMarks, Problem> {
    let mut conn = service.db.read().await?;
    load(&mut conn, actor, Action::ReadResults, id).await?;
    let row = load_attempt(&mut conn, id, attempt).await?;
    let paper = service.papers.paper(&mut conn, row.paper_id).await?;
    let mut marks: HashMap<QuestionVersionId, MarkRow> = store::results::marks(&mut conn, attempt)
        .await?
        .into_iter()
        .map(|mark| (mark.question, mark))
        .collect();
    let mut responses: HashMap<QuestionVersionId, Response> = store::results::responses(&mut conn, attempt)
        .await?
        .into_iter()
        .filter_map(|given| Some((given.question_id, serde_json::from_slice(&given.payload?).ok()?)))
        .collect();
    let answered = (0..)
        .zip(&paper.sections)
        .flat_map(|(section, content)| content.questions.iter().map(move |question| (section, question)))
        .filter(|(_, question)| question.question.question_type().is_answered());
    let marks = answered
        .zip(1..)
        .filter_map(|((section, question), number)| {
            let mark = marks.remove(&question.id)?;
            Some(MarkView {
                question_id: question.id,
                number,
                question: candidate_view(&question.question, &OptionOrder::default()).placed(
                    question.id,
                    number,
                    section,
                    question.points,
                    question.stimulus,
                ),
                response: responses.remove(&question.id),
                marked: mark.marked,
                key_version: mark.key_version,
                marked_by: mark.marker,
                comment: mark.comment,
                marked_at: mark.marked_at,
            })
        })
        .collect();
    Ok(AttemptMarks {
        attempt_id: attempt,
        marking: row.marking,
        score: row.score,
        points_max: paper.points_max(),
        stimuli: paper.stimuli.iter().map(|text| CandidateStimulus { html: render(text) }).collect(),
        marks,
    })
}
