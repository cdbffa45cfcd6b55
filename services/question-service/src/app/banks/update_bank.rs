//! Somebody changes a bank's title, description or unit.

use authz::{Action, Actor, UnitPath, authorize};
use foundation::Problem;
use question_api::{BankId, kinds};
use serde_json::json;

use super::{BankDescription, BankTitle, BankView, changed_meanwhile};
use crate::{
    QuestionService,
    app::{
        access::{self, Want},
        record::{Change, record},
    },
    store,
};

/// What of a bank can be changed.
#[derive(Clone, Debug)]
pub struct BankUpdate {
    /// The version that the change goes out from.
    pub version: i64,
    /// Where it is to lie.
    pub unit: UnitPath,
    /// Its title.
    pub title: BankTitle,
    /// What it is for.
    pub description: BankDescription,
}

/// Changes a bank.
///
/// # Errors
/// 404 when it isn't there for the actor, 403 when they may not move it to that unit, 409 when somebody was faster.
pub async fn update_bank(
    service: &QuestionService,
    actor: &Actor,
    id: BankId,
    update: BankUpdate,
) -> Result<BankView, Problem> {
    let mut tx = service.db.begin().await?;
    let mut bank = access::bank(&mut tx, actor, id, Want::Edit).await?;
    authorize(actor, Action::EditQuestions, &update.unit)?;
    if bank.version != update.version {
        return Err(changed_meanwhile(&bank));
    }
    bank.unit = update.unit;
    bank.title = update.title.into_string();
    bank.description = update.description.into_string();
    bank.updated_at = service.clock.now();
    if !store::banks::update(&mut tx, &bank).await? {
        return Err(changed_meanwhile(&bank));
    }
    bank.version += 1;
    let detail = json!({ "title": bank.title, "unit": bank.unit.as_str(), "version": bank.version });
    record(service, &mut tx, Change::of(actor, kinds::BANK_UPDATED, Some(id), id, detail)).await?;
    tx.commit().await?;
    Ok(bank.into())
}
