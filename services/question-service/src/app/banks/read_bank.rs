//! Somebody looks at a question bank.

use authz::Actor;
use foundation::Problem;
use question_api::BankId;

use super::BankView;
use crate::{
    QuestionService,
    app::access::{self, Want},
};

/// The bank.
///
/// # Errors
/// 404 when it isn't there for the actor.
pub async fn read_bank(service: &QuestionService, actor: &Actor, id: BankId) -> Result<BankView, Problem> {
    let mut conn = service.db.read().await?;
    Ok(access::bank(&mut conn, actor, id, Want::Read).await?.into())
}
