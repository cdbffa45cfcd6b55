//! Staff look at what was published: the rules, and the outline of a form. Never a key.

use authz::{Action, Actor};
use exam_api::{ExamDefinition, ExamId, Navigation, PublicationId};
use foundation::{Points, Problem};
use question_api::QuestionId;
use question_model::{QuestionType, QuestionVersionId, render::render};
use serde::Serialize;
use utoipa::ToSchema;

use super::{PublicationHead, load::load};
use crate::{ExamService, domain::paper::Paper, store};

/// A publication: its rules, its forms, and the outline of one of them.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PublicationOutline {
    /// The publication.
    pub publication: PublicationHead,
    /// The definition as it was published.
    pub rules: ExamDefinition,
    /// Its forms.
    pub forms: Vec<FormHead>,
    /// The form whose outline this is.
    pub form_no: i64,
    /// The form's sections.
    pub sections: Vec<OutlineSection>,
}

/// A form of a publication.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FormHead {
    /// Its number, from 1.
    pub form_no: i64,
    /// Questions that are answered.
    pub question_count: i64,
    /// What a perfect attempt scores.
    pub points_max: Points,
}

/// A section in an outline.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OutlineSection {
    /// Its title.
    pub title: String,
    /// How candidates move through it.
    pub navigation: Navigation,
    /// A limit of its own, in minutes.
    pub time_limit_minutes: Option<u32>,
    /// Its questions, in the author's order.
    pub questions: Vec<OutlineQuestion>,
}

/// A question in an outline, without its key.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OutlineQuestion {
    /// The frozen version.
    pub id: QuestionVersionId,
    /// The question that it is a version of.
    pub question_id: QuestionId,
    /// Its number in the form, from 1; null for a text that asks nothing.
    pub number: Option<u32>,
    /// Its type.
    pub r#type: QuestionType,
    /// What a right response is worth.
    pub points: Points,
    /// What is asked, sanitised.
    pub stem_html: String,
}

/// The publication with the outline of form `form_no`.
///
/// # Errors
/// 404 when the exam, the publication or the form isn't there or lies elsewhere.
pub async fn read_publication(
    service: &ExamService,
    actor: &Actor,
    exam: ExamId,
    id: PublicationId,
    form_no: i64,
) -> Result<PublicationOutline, Problem> {
    let mut conn = service.db.read().await?;
    load(&mut conn, actor, Action::ReadExams, exam).await?;
    let publication = store::exams::publication(&mut conn, id)
        .await?
        .filter(|publication| publication.exam_id == exam)
        .ok_or_else(|| {
            Problem::not_found("exam.publication_not_found", "The exam has no such publication.")
        })?;
    let forms = store::papers::forms(&mut conn, id).await?;
    let form = forms.iter().find(|form| form.form_no == form_no).ok_or_else(no_such_form)?;
    let paper = service.papers.paper(&mut conn, form.id).await?;
    Ok(PublicationOutline {
        publication: PublicationHead::from(&publication),
        rules: publication.rules,
        form_no,
        sections: outline(&paper),
        forms: forms
            .iter()
            .map(|form| FormHead {
                form_no: form.form_no,
                question_count: form.question_count,
                points_max: form.points_max,
            })
            .collect(),
    })
}

pub(super) fn no_such_form() -> Problem {
    Problem::not_found("exam.form_not_found", "The publication has no such form.")
}

fn outline(paper: &Paper) -> Vec<OutlineSection> {
    let mut number = 0;
    paper
        .sections
        .iter()
        .map(|section| OutlineSection {
            title: section.title.clone(),
            navigation: section.navigation,
            time_limit_minutes: section.time_limit_minutes,
            questions: section
                .questions
                .iter()
                .map(|question| {
                    let kind = question.question.question_type();
                    number += u32::from(kind.is_answered());
                    OutlineQuestion {
                        id: question.id,
                        question_id: question.question_id,
                        number: kind.is_answered().then_some(number),
                        r#type: kind,
                        points: question.points,
                        stem_html: render(&question.question.stem),
                    }
                })
                .collect(),
        })
        .collect()
}
