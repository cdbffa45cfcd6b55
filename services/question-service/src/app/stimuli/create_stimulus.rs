//! Somebody writes a stimulus.

use authz::Actor;
use foundation::Problem;
use question_api::BankId;
use question_model::RichText;

use super::{StimulusTitle, StimulusView, check_text, insert, view};
use crate::{
    QuestionService,
    app::access::{self, Want},
    store,
};

/// Adds a stimulus to a bank.
///
/// # Errors
/// 404 when the bank isn't there for the actor, 409 when it is full, 422 for a text that can't be used.
pub async fn create_stimulus(
    service: &QuestionService,
    actor: &Actor,
    bank_id: BankId,
    title: StimulusTitle,
    text: RichText,
) -> Result<StimulusView, Problem> {
    let mut tx = service.db.begin().await?;
    access::bank(&mut tx, actor, bank_id, Want::Edit).await?;
    check_text(&mut tx, &text).await?;
    store::banks::lock(&mut tx, bank_id).await?;
    let row = insert(service, &mut tx, actor, bank_id, title.into_string(), &text).await?;
    let view = view(&mut tx, row, text).await?;
    tx.commit().await?;
    Ok(view)
}
