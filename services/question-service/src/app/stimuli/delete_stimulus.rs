//! Somebody deletes a stimulus that nothing uses.

use authz::Actor;
use foundation::Problem;
use question_api::{StimulusId, kinds};
use serde_json::json;

use crate::{
    QuestionService,
    app::{
        access::{self, Want},
        record::{Change, record},
    },
    store,
};

/// Deletes a stimulus that no version of any question refers to.
///
/// # Errors
/// 404 when it isn't there for the actor, 409 when a version refers to it.
pub async fn delete_stimulus(
    service: &QuestionService,
    actor: &Actor,
    id: StimulusId,
) -> Result<(), Problem> {
    let mut tx = service.db.begin().await?;
    let (row, bank) = access::stimulus(&mut tx, actor, id, Want::Edit).await?;
    store::banks::lock(&mut tx, bank.id).await?;
    if store::stimuli::in_use(&mut tx, id).await? {
        return Err(Problem::conflict(
            "question.stimulus_in_use",
            "A question shares this stimulus, or an earlier version of one did. It stays.",
        ));
    }
    store::stimuli::delete(&mut tx, id).await?;
    let detail = json!({ "version": row.version });
    record(service, &mut tx, Change::of(actor, kinds::STIMULUS_DELETED, Some(bank.id), id, detail)).await?;
    tx.commit().await?;
    Ok(())
}
