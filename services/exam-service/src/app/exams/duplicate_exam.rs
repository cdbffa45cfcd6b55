//! An author takes an exam as the start of another.

use authz::{Action, Actor, UnitId, authorize};
use exam_api::ExamId;
use foundation::Problem;
use serde_json::json;

use super::{
    ExamView,
    create_exam::insert,
    load::{ExamTitle, load},
    view::view,
};
use crate::{ExamService, app::units::unit_path, store::exams::ExamRow};

/// Makes a new exam with the draft of `id`, in the same unit unless another is named.
///
/// # Errors
/// 404 when it isn't there or lies elsewhere; 403 where the actor is no author.
pub async fn duplicate_exam(
    service: &ExamService,
    actor: &Actor,
    id: ExamId,
    title: ExamTitle,
    unit: Option<UnitId>,
) -> Result<ExamView, Problem> {
    let mut conn = service.db.read().await?;
    let source = load(&mut conn, actor, Action::ReadExams, id).await?;
    drop(conn);
    let unit = match unit {
        Some(unit) => unit_path(service, Some(unit)).await?,
        None => source.unit,
    };
    authorize(actor, Action::EditExams, &unit)?;
    let now = service.clock.now();
    let exam = ExamRow {
        id: ExamId::new(&*service.clock, &*service.random),
        unit,
        title: title.into_string(),
        definition: source.definition,
        version: 1,
        publication_id: None,
        archived_at: None,
        created_by: actor.account(),
        created_at: now,
        updated_at: now,
    };
    let detail = json!({ "title": exam.title, "source": id });
    insert(service, actor, &exam, "exam.duplicated", detail).await?;
    let mut conn = service.db.read().await?;
    Ok(view(&mut conn, exam).await?)
}
