//! Somebody deletes a draft.

use authz::Actor;
use foundation::Problem;
use question_api::{QuestionId, kinds};
use serde_json::json;

use crate::{
    QuestionService,
    app::{
        access::{self, Want},
        record::{Change, record},
    },
    store,
};

/// Deletes a question that never was ready, with all its versions.
///
/// # Errors
/// 404 when it isn't there for the actor; 409 when a version of it was ready: it may stand in an exam.
pub async fn delete_question(
    service: &QuestionService,
    actor: &Actor,
    id: QuestionId,
) -> Result<(), Problem> {
    let mut tx = service.db.begin().await?;
    let (row, bank) = access::question(&mut tx, actor, id, Want::Edit).await?;
    if store::versions::ever_ready(&mut tx, id).await? {
        return Err(Problem::conflict(
            "question.not_a_draft",
            "Only a question that never was ready can be deleted. Archive this one instead: it may stand in an exam.",
        ));
    }
    store::search::remove(&mut tx, row.seq).await?;
    store::tags::remove(&mut tx, id).await?;
    store::versions::delete(&mut tx, id).await?;
    store::questions::delete(&mut tx, id).await?;
    let detail = json!({ "version": row.version, "type": row.question_type });
    record(service, &mut tx, Change::of(actor, kinds::QUESTION_DELETED, Some(bank.id), id, detail)).await?;
    tx.commit().await?;
    Ok(())
}
