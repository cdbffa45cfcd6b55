//! Staff look at an exam.

use authz::{Action, Actor};
use exam_api::ExamId;
use foundation::Problem;

use super::{ExamView, load::load, view::view};
use crate::ExamService;

/// The exam with its draft.
///
/// # Errors
/// 404 when it isn't there or lies elsewhere.
pub async fn read_exam(service: &ExamService, actor: &Actor, id: ExamId) -> Result<ExamView, Problem> {
    let mut conn = service.db.read().await?;
    let exam = load(&mut conn, actor, Action::ReadExams, id).await?;
    Ok(view(&mut conn, exam).await?)
}
