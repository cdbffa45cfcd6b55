//! An author goes back to an earlier version.

use authz::Actor;
use foundation::Problem;
use question_api::QuestionId;

use super::{
    QuestionView, no_such_version,
    save_question::{Changes, write},
};
use crate::{
    QuestionService,
    app::access::{self, Want},
    domain::draft::{Draft, QuestionTitle, VersionNote},
    store,
};

/// Makes what version `number` says the newest version again, over version `over`. Nothing in between is lost: it is a
/// new version with the old content.
///
/// # Errors
/// 404 when the question or the version isn't there for the actor; else as saving.
pub async fn restore_version(
    service: &QuestionService,
    actor: &Actor,
    id: QuestionId,
    number: i64,
    over: i64,
) -> Result<QuestionView, Problem> {
    let mut tx = service.db.begin().await?;
    let (row, bank) = access::question(&mut tx, actor, id, Want::Edit).await?;
    let old = store::versions::find(&mut tx, id, number).await?.ok_or_else(no_such_version)?;
    let corrupt = |error| db::Error::corrupt("question.question_versions", "title", old.head.id, error);
    let draft = Draft {
        title: QuestionTitle::new(&old.head.title).map_err(corrupt)?,
        points: old.head.points,
        stimulus_id: old.head.stimulus_id,
        state: old.head.state,
        question: old.question,
        key: old.key,
    };
    let changes = Changes {
        version: over,
        prepared: draft.prepare()?,
        note: VersionNote::new(&format!("↩ {number}")).unwrap_or(VersionNote::empty()),
        filing: None,
    };
    let view = write(service, &mut tx, actor, (row, &bank), changes).await?;
    tx.commit().await?;
    Ok(view)
}
