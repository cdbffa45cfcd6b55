//! Somebody puts a bank away, or takes it out again.

use authz::Actor;
use foundation::Problem;
use question_api::{BankId, kinds};
use serde_json::json;

use super::{BankView, changed_meanwhile};
use crate::{
    QuestionService,
    app::{
        access::{self, Want},
        record::{Change, record},
    },
    store,
};

/// Puts a bank away (`archived`) or takes it out again; nothing in it changes. Doing it twice changes nothing more.
///
/// # Errors
/// 404 when it isn't there for the actor.
pub async fn archive_bank(
    service: &QuestionService,
    actor: &Actor,
    id: BankId,
    archived: bool,
) -> Result<BankView, Problem> {
    let mut tx = service.db.begin().await?;
    let mut bank = access::bank(&mut tx, actor, id, Want::EditArchived).await?;
    if bank.archived_at.is_some() == archived {
        return Ok(bank.into());
    }
    let now = service.clock.now();
    bank.archived_at = archived.then_some(now);
    bank.updated_at = now;
    if !store::banks::update(&mut tx, &bank).await? {
        return Err(changed_meanwhile(&bank));
    }
    bank.version += 1;
    let kind = if archived { kinds::BANK_ARCHIVED } else { kinds::BANK_UNARCHIVED };
    record(service, &mut tx, Change::of(actor, kind, Some(id), id, json!({ "version": bank.version })))
        .await?;
    tx.commit().await?;
    Ok(bank.into())
}
