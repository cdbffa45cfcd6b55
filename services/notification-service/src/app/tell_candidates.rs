//! Candidates learn what exam-service tells of them.

use authz::AccountId;
use db::Tx;
use exam_api::{ResultsReleased, SittingCancelled, SittingScheduled};
use foundation::Id;
use notification_api::{
    MessageContent, ResultsReleasedMessage, SittingCancelledMessage, SittingScheduledMessage,
};

use crate::{
    NotificationService,
    store::{self, messages::MessageRow},
};

/// Tells each candidate that their results can be seen.
///
/// # Errors
/// When the database refuses.
pub async fn results_released(
    service: &NotificationService,
    tx: &mut Tx,
    fact: ResultsReleased,
) -> db::Result<()> {
    let content = MessageContent::ResultsReleased(ResultsReleasedMessage {
        sitting_id: fact.sitting_id,
        title: fact.title,
    });
    tell(service, tx, content, fact.candidate_ids).await
}

/// Tells each candidate whom it concerns that they are to sit an exam, and when. While nobody is known, nobody is told.
///
/// # Errors
/// When the database refuses.
pub async fn sitting_scheduled(
    service: &NotificationService,
    tx: &mut Tx,
    fact: SittingScheduled,
) -> db::Result<()> {
    let content = MessageContent::SittingScheduled(SittingScheduledMessage {
        sitting_id: fact.sitting_id,
        title: fact.title,
        opens_at: fact.opens_at,
    });
    tell(service, tx, content, fact.candidate_ids).await
}

/// Tells each candidate who was expected that they needn't come.
///
/// # Errors
/// When the database refuses.
pub async fn sitting_cancelled(
    service: &NotificationService,
    tx: &mut Tx,
    fact: SittingCancelled,
) -> db::Result<()> {
    let content = MessageContent::SittingCancelled(SittingCancelledMessage {
        sitting_id: fact.sitting_id,
        title: fact.title,
    });
    tell(service, tx, content, fact.candidate_ids).await
}

async fn tell(
    service: &NotificationService,
    tx: &mut Tx,
    content: MessageContent,
    mut candidates: Vec<AccountId>,
) -> db::Result<()> {
    candidates.sort_unstable();
    candidates.dedup();
    if candidates.is_empty() {
        return Ok(());
    }
    let message = MessageRow {
        id: Id::new(&*service.clock, &*service.random),
        content,
        sender: None,
        recipients: i64::try_from(candidates.len()).unwrap_or(i64::MAX),
        sent_at: service.clock.now(),
    };
    store::messages::insert(tx, &message).await?;
    store::deliveries::deliver(tx, message.id, &candidates).await
}
