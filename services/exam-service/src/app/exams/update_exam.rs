//! An author changes an exam's draft.

use authz::Actor;
use exam_api::{ExamDefinition, ExamId};
use foundation::Problem;
use serde_json::json;

use super::{
    ExamView,
    load::{ExamTitle, fits, load_to_edit, version_conflict},
    view::view,
};
use crate::{
    ExamService,
    app::audited,
    store::{self, exams::ExamRow},
};

/// Writes title and draft over `version`. What was published before stays as it is.
///
/// # Errors
/// 404 when it isn't there or lies elsewhere; 409 when it was put away or changed meanwhile; 422 beyond all bounds.
pub async fn update_exam(
    service: &ExamService,
    actor: &Actor,
    id: ExamId,
    version: i64,
    title: ExamTitle,
    definition: ExamDefinition,
) -> Result<ExamView, Problem> {
    let mut conn = service.db.read().await?;
    let exam = load_to_edit(&mut conn, actor, id, version).await?;
    drop(conn);
    fits(&definition)?;
    let changed =
        ExamRow { title: title.into_string(), definition, updated_at: service.clock.now(), ..exam.clone() };
    let mut tx = service.db.begin().await?;
    if !store::exams::update(&mut tx, &changed).await? {
        return Err(version_conflict(version + 1));
    }
    let detail = json!({
        "version": version + 1,
        "title": changed.title,
        "title_changed": changed.title != exam.title,
        "definition_changed": changed.definition != exam.definition,
    });
    audited::record(service, &mut tx, actor, "exam.updated", ("exam", id.to_string()), detail).await?;
    tx.commit().await?;
    let mut conn = service.db.read().await?;
    Ok(view(&mut conn, ExamRow { version: version + 1, ..changed }).await?)
}
