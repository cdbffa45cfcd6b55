//! A marker sees what there is to mark.

use std::collections::HashMap;

use authz::{Action, Actor, SittingId};
use db::Conn;
use foundation::{Points, Problem};
use question_model::{QuestionType, QuestionVersionId, render::render};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    ExamService,
    app::sittings::load::load,
    domain::paper::PaperQuestion,
    store::{
        self,
        marking::{MarkingCounts, QuestionToMark},
        sittings::SittingRow,
    },
};

/// How a sitting's marking stands, and what of it people do.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MarkingOverview {
    /// Candidates who are expected.
    pub expected: i64,
    /// Attempts that still run, or can still start.
    pub unfinished: i64,
    /// Attempts that nobody started.
    pub absent: i64,
    /// Attempts that have ended and wait for the machine.
    pub unmarked: i64,
    /// Attempts of which something waits for a person.
    pub partial: i64,
    /// Attempts that are marked.
    pub marked: i64,
    /// The questions that people mark.
    pub questions: Vec<MarkingQuestion>,
}

/// A question that people mark.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MarkingQuestion {
    /// The question.
    pub question_id: QuestionVersionId,
    /// Its type.
    pub r#type: QuestionType,
    /// What is asked, sanitised.
    pub stem_html: String,
    /// What a right response is worth.
    pub points_max: Points,
    /// Responses that wait.
    pub waiting: i64,
    /// Responses that a person has marked.
    pub marked: i64,
}

/// What there is to mark in the sitting, question by question.
///
/// # Errors
/// 404 when the sitting isn't there or lies elsewhere.
pub async fn list_marking(
    service: &ExamService,
    actor: &Actor,
    id: SittingId,
) -> Result<MarkingOverview, Problem> {
    let mut conn = service.db.read().await?;
    let sitting = load(&mut conn, actor, Action::Mark, id).await?;
    let MarkingCounts { expected, unfinished, absent, unmarked, partial, marked } =
        store::marking::counts(&mut conn, id).await?;
    let to_mark = store::marking::questions(&mut conn, id).await?;
    let known = questions(service, &mut conn, &sitting).await?;
    let questions = to_mark
        .into_iter()
        .filter_map(|QuestionToMark { question_id, waiting, marked }| {
            let question = known.get(&question_id)?;
            Some(MarkingQuestion {
                question_id,
                r#type: question.question.question_type(),
                stem_html: render(&question.question.stem),
                points_max: question.points,
                waiting,
                marked,
            })
        })
        .collect();
    Ok(MarkingOverview { expected, unfinished, absent, unmarked, partial, marked, questions })
}

/// Every question that stands in any form of the sitting.
async fn questions(
    service: &ExamService,
    conn: &mut Conn,
    sitting: &SittingRow,
) -> Result<HashMap<QuestionVersionId, PaperQuestion>, Problem> {
    let mut questions = HashMap::new();
    for form in store::papers::forms(conn, sitting.publication_id).await? {
        let paper = service.papers.paper(conn, form.id).await?;
        for question in paper.questions() {
            questions.entry(question.id).or_insert_with(|| question.clone());
        }
    }
    Ok(questions)
}
