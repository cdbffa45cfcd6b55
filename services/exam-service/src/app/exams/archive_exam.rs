//! An author puts an exam away, or brings it back. Sittings of it go on.

use authz::{Action, Actor};
use exam_api::ExamId;
use foundation::Problem;
use serde_json::json;

use super::{ExamView, load::load, view::view};
use crate::{ExamService, app::audited, store};

/// Puts the exam away (`archived`), or brings it back. Idempotent.
///
/// # Errors
/// 404 when it isn't there or lies elsewhere.
pub async fn archive_exam(
    service: &ExamService,
    actor: &Actor,
    id: ExamId,
    archived: bool,
) -> Result<ExamView, Problem> {
    let mut conn = service.db.read().await?;
    load(&mut conn, actor, Action::EditExams, id).await?;
    drop(conn);
    let now = service.clock.now();
    let (action, archived_at) = if archived { ("exam.archived", Some(now)) } else { ("exam.restored", None) };
    let mut tx = service.db.begin().await?;
    if store::exams::set_archived(&mut tx, id, archived_at).await? {
        audited::record(service, &mut tx, actor, action, ("exam", id.to_string()), json!({})).await?;
        tx.commit().await?;
    } else {
        drop(tx);
    }
    let mut conn = service.db.read().await?;
    let exam = load(&mut conn, actor, Action::EditExams, id).await?;
    Ok(view(&mut conn, exam).await?)
}
