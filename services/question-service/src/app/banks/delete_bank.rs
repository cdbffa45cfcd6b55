//! Somebody deletes an empty bank.

use authz::Actor;
use foundation::Problem;
use question_api::{BankId, kinds};
use serde_json::json;

use crate::{
    QuestionService,
    app::{
        access::{self, Want},
        record::{Change, record},
    },
    store,
};

/// Deletes a bank that nothing lies in.
///
/// # Errors
/// 404 when it isn't there for the actor, 409 when something lies in it.
pub async fn delete_bank(service: &QuestionService, actor: &Actor, id: BankId) -> Result<(), Problem> {
    let mut tx = service.db.begin().await?;
    let bank = access::bank(&mut tx, actor, id, Want::EditArchived).await?;
    store::banks::lock(&mut tx, id).await?;
    if store::banks::holds_anything(&mut tx, id).await? {
        return Err(Problem::conflict(
            "question.bank_not_empty",
            "Only an empty bank can be deleted. Archive this one instead: its questions may stand in exams.",
        ));
    }
    store::banks::delete(&mut tx, id).await?;
    let detail = json!({ "title": bank.title });
    record(service, &mut tx, Change::of(actor, kinds::BANK_DELETED, Some(id), id, detail)).await?;
    tx.commit().await?;
    Ok(())
}
