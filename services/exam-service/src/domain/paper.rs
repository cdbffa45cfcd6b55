//! A paper: an immutable, content-hashed list of sections and question versions. Its keys lie apart.

use std::collections::{BTreeMap, HashMap};

use authz::AttemptId;
use exam_api::Navigation;
use foundation::{Points, Span};
use question_api::QuestionId;
use question_model::{
    CandidateQuestion, CandidateView, Key, Question, QuestionVersionId, RichText, authored_view,
    render::render,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use utoipa::ToSchema;

use super::arrangement::Arrangement;

/// A frozen form. Stored as exact bytes under their hash.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Paper {
    /// Its sections, in order.
    pub sections: Vec<PaperSection>,
    /// Texts that questions share.
    pub stimuli: Vec<RichText>,
}

/// A section of a paper.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PaperSection {
    /// Its title.
    pub title: String,
    /// Shown above its questions, Markdown.
    pub instructions: String,
    /// How candidates move through it.
    pub navigation: Navigation,
    /// A limit of its own.
    pub time_limit_minutes: Option<u32>,
    /// Whether each candidate gets an order of their own.
    pub shuffle_questions: bool,
    /// Whether each candidate gets the options in an order of their own.
    pub shuffle_options: bool,
    /// What is asked, in the author's order.
    pub questions: Vec<PaperQuestion>,
}

impl PaperSection {
    /// Its limit, if it has one of its own.
    pub fn limit(&self) -> Option<Span> {
        self.time_limit_minutes.map(|minutes| Span::from_minutes(i64::from(minutes)))
    }
}

/// A question of a paper, without its key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PaperQuestion {
    /// The frozen version: what responses refer to.
    pub id: QuestionVersionId,
    /// The question that it is a version of.
    pub question_id: QuestionId,
    /// What a right response is worth.
    pub points: Points,
    /// The stimulus that it belongs to, counted from 0.
    pub stimulus: Option<u32>,
    /// What is asked.
    pub question: Question,
}

/// The keys of a paper, by question version.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PaperKeys(pub BTreeMap<QuestionVersionId, Key>);

impl Paper {
    /// The bytes to store, and their hash.
    ///
    /// # Errors
    /// When the paper can't be written as JSON.
    pub fn freeze(&self) -> serde_json::Result<(Vec<u8>, [u8; 32])> {
        let bytes = serde_json::to_vec(self)?;
        let hash = Sha256::digest(&bytes).into();
        Ok((bytes, hash))
    }

    /// Every question.
    pub fn questions(&self) -> impl Iterator<Item = &PaperQuestion> {
        self.sections.iter().flat_map(|section| &section.questions)
    }

    /// The question of this version.
    pub fn question(&self, id: QuestionVersionId) -> Option<&PaperQuestion> {
        self.questions().find(|question| question.id == id)
    }

    /// The limit of a section, counted from 0, if it has one of its own; none when there is no such section.
    pub fn section_limit(&self, section: u32) -> Option<Option<Span>> {
        self.sections.get(section as usize).map(PaperSection::limit)
    }

    /// Whether any section has a limit of its own.
    pub fn has_limits(&self) -> bool {
        self.sections.iter().any(|section| section.time_limit_minutes.is_some())
    }

    /// Whether any section has no way back.
    pub fn has_one_way(&self) -> bool {
        self.sections.iter().any(|section| section.navigation == Navigation::ForwardOnly)
    }

    /// The section of a question, counted from 0, and its limit, if it has one of its own.
    pub fn limit_over(&self, question: QuestionVersionId) -> Option<(u32, Span)> {
        (0..).zip(&self.sections).find_map(|(index, section)| {
            let limit = section.limit()?;
            section.questions.iter().any(|one| one.id == question).then_some((index, limit))
        })
    }

    /// Questions that are answered.
    pub fn question_count(&self) -> u32 {
        let answered = self.questions().filter(|question| question.question.question_type().is_answered());
        u32::try_from(answered.count()).unwrap_or(u32::MAX)
    }

    /// What a perfect attempt scores.
    pub fn points_max(&self) -> Points {
        self.questions()
            .filter(|question| question.question.question_type().is_answered())
            .map(|question| question.points)
            .sum()
    }
}

/// A paper as one candidate sees it. No field could hold a key.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct CandidatePaper {
    /// The attempt that it belongs to.
    pub attempt_id: AttemptId,
    /// Sections, in order.
    pub sections: Vec<CandidateSection>,
    /// Texts that questions share.
    pub stimuli: Vec<CandidateStimulus>,
    /// The questions, in the order to show.
    pub questions: Vec<CandidateQuestion>,
}

/// A section as a candidate sees it.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct CandidateSection {
    /// Its title; may be empty.
    pub title: String,
    /// Shown above its questions, sanitised.
    pub instructions_html: String,
    /// How to move through it.
    pub navigation: Navigation,
    /// Seconds for this section alone; null for no limit of its own.
    pub time_limit_seconds: Option<u32>,
    /// Its questions, in the order to show.
    pub question_ids: Vec<QuestionVersionId>,
}

/// A text that questions share.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct CandidateStimulus {
    /// Sanitised.
    pub html: String,
}

/// A paper's texts as HTML, in the author's order: rendered once for everybody who sees it, since that takes a hundred times as long
/// as putting them in somebody's order.
#[derive(Clone, Debug)]
pub struct RenderedPaper {
    /// The instructions of each section.
    instructions: Vec<String>,
    stimuli: Vec<CandidateStimulus>,
    questions: HashMap<QuestionVersionId, CandidateView>,
}

impl RenderedPaper {
    /// The texts of `paper`.
    pub fn of(paper: &Paper) -> Self {
        let instructions = |section: &PaperSection| render(&RichText::markdown(&section.instructions));
        Self {
            instructions: paper.sections.iter().map(instructions).collect(),
            stimuli: paper.stimuli.iter().map(|text| CandidateStimulus { html: render(text) }).collect(),
            questions: paper.questions().map(|one| (one.id, authored_view(&one.question))).collect(),
        }
    }
}

/// `paper`, whose texts are `rendered`, as the candidate of `attempt` sees it, in their arrangement.
pub fn candidate_paper(
    attempt: AttemptId,
    paper: &Paper,
    rendered: &RenderedPaper,
    arrangement: &Arrangement,
) -> CandidatePaper {
    let mut questions = Vec::new();
    let mut sections = Vec::new();
    let mut number = 0;
    for (index, section) in paper.sections.iter().enumerate() {
        let mut question_ids = Vec::new();
        for placed in arrangement.sections.get(index).map_or(&[][..], Vec::as_slice) {
            let question = section.questions.iter().find(|question| question.id == placed.id);
            let (Some(question), Some(view)) = (question, rendered.questions.get(&placed.id)) else {
                continue;
            };
            let asks = question.question.question_type().is_answered();
            number += u32::from(asks);
            question_ids.push(placed.id);
            questions.push(view.in_order(&placed.order).placed(
                question.id,
                if asks { number } else { 0 },
                u32::try_from(index).unwrap_or(u32::MAX),
                question.points,
                question.stimulus,
            ));
        }
        sections.push(CandidateSection {
            title: section.title.clone(),
            instructions_html: rendered.instructions.get(index).cloned().unwrap_or_default(),
            navigation: section.navigation,
            time_limit_seconds: section.time_limit_minutes.map(|minutes| minutes.saturating_mul(60)),
            question_ids,
        });
    }
    CandidatePaper { attempt_id: attempt, sections, stimuli: rendered.stimuli.clone(), questions }
}
