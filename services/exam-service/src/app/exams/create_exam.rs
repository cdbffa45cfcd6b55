//! An author begins an exam.

use authz::{Action, Actor, UnitId, authorize};
use exam_api::{ExamDefinition, ExamId, Navigation, ReleasePolicy, Section};
use foundation::{Problem, Text};
use serde_json::json;

use super::{
    ExamView,
    load::{ExamTitle, fits},
    view::view,
};
use crate::{
    ExamService,
    app::{audited, units::unit_path},
    store::{self, exams::ExamRow},
};

/// Makes an exam with this draft, or with an empty one of the installation's default duration.
///
/// # Errors
/// 403 where the actor is no author; 422 for a unit that isn't there or a draft beyond all bounds.
pub async fn create_exam(
    service: &ExamService,
    actor: &Actor,
    unit: Option<UnitId>,
    title: ExamTitle,
    definition: Option<ExamDefinition>,
) -> Result<ExamView, Problem> {
    let unit = unit_path(service, unit).await?;
    authorize(actor, Action::EditExams, &unit)?;
    let definition =
        definition.unwrap_or_else(|| empty_definition(service.settings.duration_minutes_default));
    fits(&definition)?;
    let now = service.clock.now();
    let exam = ExamRow {
        id: ExamId::new(&*service.clock, &*service.random),
        unit,
        title: title.into_string(),
        definition,
        version: 1,
        publication_id: None,
        archived_at: None,
        created_by: actor.account(),
        created_at: now,
        updated_at: now,
    };
    insert(service, actor, &exam, "exam.created", json!({ "title": exam.title })).await?;
    let mut conn = service.db.read().await?;
    Ok(view(&mut conn, exam).await?)
}

pub(super) async fn insert(
    service: &ExamService,
    actor: &Actor,
    exam: &ExamRow,
    action: &'static str,
    detail: serde_json::Value,
) -> Result<(), Problem> {
    let mut tx = service.db.begin().await?;
    store::exams::insert(&mut tx, exam).await?;
    audited::record(service, &mut tx, actor, action, ("exam", exam.id.to_string()), detail).await?;
    tx.commit().await?;
    Ok(())
}

/// One section without a title, in which nothing is asked yet.
fn empty_definition(duration_minutes: u32) -> ExamDefinition {
    ExamDefinition {
        instructions: Text::empty(),
        duration_minutes,
        forms: 1,
        sections: vec![Section {
            title: Text::empty(),
            instructions: Text::empty(),
            navigation: Navigation::Free,
            time_limit_minutes: None,
            shuffle_questions: false,
            shuffle_options: false,
            items: Vec::new(),
        }],
        release: ReleasePolicy::default(),
        floor_at_zero: true,
    }
}
