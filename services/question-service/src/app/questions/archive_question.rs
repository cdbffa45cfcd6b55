//! Somebody puts a question away, or takes it out again.

use authz::Actor;
use foundation::Problem;
use question_api::{QuestionId, kinds};
use serde_json::json;

use super::{QuestionView, changed_meanwhile, read_question::read_question};
use crate::{
    QuestionService,
    app::{
        access::{self, Want},
        record::{Change, record},
    },
    store,
};

/// Puts a question away (`archived`): no list shows it and no draw takes it; what stands in papers stays. Or takes it
/// out again. Doing it twice changes nothing more.
///
/// # Errors
/// 404 when it isn't there for the actor.
pub async fn archive_question(
    service: &QuestionService,
    actor: &Actor,
    id: QuestionId,
    archived: bool,
) -> Result<QuestionView, Problem> {
    let mut tx = service.db.begin().await?;
    let (mut row, bank) = access::question(&mut tx, actor, id, Want::Edit).await?;
    if row.archived_at.is_some() != archived {
        row.archived_at = archived.then(|| service.clock.now());
        if !store::questions::update(&mut tx, &row, row.version).await? {
            return Err(changed_meanwhile(&mut tx, id).await);
        }
        let kind = if archived { kinds::QUESTION_ARCHIVED } else { kinds::QUESTION_UNARCHIVED };
        let detail = json!({ "version": row.version });
        record(service, &mut tx, Change::of(actor, kind, Some(bank.id), id, detail)).await?;
        tx.commit().await?;
    } else {
        drop(tx);
    }
    read_question(service, actor, id).await
}
