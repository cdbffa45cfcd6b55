//! Somebody makes a question bank.

use authz::{Action, Actor, UnitPath, authorize};
use foundation::Problem;
use question_api::kinds;
use serde_json::json;

use super::{BankDescription, BankTitle, BankView};
use crate::{
    QuestionService,
    app::record::{Change, record},
    store::{self, banks::BankRow},
};

/// Makes a bank in a unit.
///
/// # Errors
/// 403 when the actor writes no questions in that unit.
pub async fn create_bank(
    service: &QuestionService,
    actor: &Actor,
    unit: UnitPath,
    title: BankTitle,
    description: BankDescription,
) -> Result<BankView, Problem> {
    authorize(actor, Action::EditQuestions, &unit)?;
    let now = service.clock.now();
    let bank = BankRow {
        id: service.id(),
        unit,
        title: title.into_string(),
        description: description.into_string(),
        version: 1,
        archived_at: None,
        created_by: actor.account(),
        created_at: now,
        updated_at: now,
        questions: 0,
    };
    let mut tx = service.db.begin().await?;
    store::banks::insert(&mut tx, &bank).await?;
    let detail = json!({ "title": bank.title, "unit": bank.unit.as_str() });
    record(service, &mut tx, Change::of(actor, kinds::BANK_CREATED, Some(bank.id), bank.id, detail)).await?;
    tx.commit().await?;
    Ok(bank.into())
}
