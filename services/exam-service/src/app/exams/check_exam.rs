//! An author asks whether an exam could be published.

use authz::{Action, Actor};
use exam_api::ExamId;
use foundation::{Points, Problem};
use serde::Serialize;
use utoipa::ToSchema;

use super::{compose::compose, load::load};
use crate::{
    ExamService,
    domain::finding::{Finding, any_error},
};

/// What a check of a draft found.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ExamCheck {
    /// Whether it could be published as it stands.
    pub publishable: bool,
    /// The draft's version that was checked.
    pub version: i64,
    /// What was found, errors and warnings.
    pub findings: Vec<Finding>,
    /// Questions that a candidate answers; null while something stands in the way.
    pub question_count: Option<u32>,
    /// What a perfect attempt scores; null while something stands in the way.
    pub points_max: Option<Points>,
}

/// Checks the draft as publishing would. Stores nothing.
///
/// # Errors
/// 404 when it isn't there or lies elsewhere.
pub async fn check_exam(service: &ExamService, actor: &Actor, id: ExamId) -> Result<ExamCheck, Problem> {
    let mut conn = service.db.read().await?;
    let exam = load(&mut conn, actor, Action::EditExams, id).await?;
    drop(conn);
    let composed = compose(service, actor, &exam.definition, exam.definition.forms).await?;
    let first = composed.papers.first().map(|(paper, _)| paper);
    Ok(ExamCheck {
        publishable: !any_error(&composed.findings),
        version: exam.version,
        question_count: first.map(crate::domain::paper::Paper::question_count),
        points_max: first.map(crate::domain::paper::Paper::points_max),
        findings: composed.findings,
    })
}
