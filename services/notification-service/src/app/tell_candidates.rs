//! Candidates learn what exam-service tells of them.

use authz::{AccountId, SittingId};
use db::Tx;
use exam_api::{ReleaseWithdrawn, ResultsReleased, SittingCancelled, SittingScheduled};
use foundation::{Id, Instant};
use notification_api::{
    MessageContent, ResultsReleasedMessage, SittingCancelledMessage, SittingScheduledMessage,
};

use crate::{
    NotificationService,
    store::{self, messages::MessageRow},
};

/// The template that any news of a sitting makes out of date.
const SCHEDULED: &str = "sitting_scheduled";
/// The template that says nothing true any more once results are taken back.
const RELEASED: &str = "results_released";

/// Tells each candidate that their results can be seen; nobody when they were taken back since `told_at`.
///
/// # Errors
/// When the database refuses.
pub async fn results_released(
    service: &NotificationService,
    tx: &mut Tx,
    fact: ResultsReleased,
    told_at: Instant,
) -> db::Result<()> {
    if !store::releases::note_released(tx, fact.sitting_id, told_at).await? {
        return Ok(());
    }
    let content = MessageContent::ResultsReleased(ResultsReleasedMessage {
        sitting_id: fact.sitting_id,
        title: fact.title,
    });
    tell(service, tx, fact.sitting_id, content, fact.candidate_ids).await
}

/// Takes back the news of results that can't be seen any more from whoever hasn't read it; nothing when they were released
/// again since `told_at`.
///
/// # Errors
/// When the database refuses.
pub async fn release_withdrawn(tx: &mut Tx, fact: ReleaseWithdrawn, told_at: Instant) -> db::Result<()> {
    if store::releases::note_withdrawn(tx, fact.sitting_id, told_at).await? {
        return Ok(());
    }
    store::deliveries::take_back_unread(tx, fact.sitting_id, RELEASED, &fact.candidate_ids).await
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
    tell(service, tx, fact.sitting_id, content, fact.candidate_ids).await
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
    tell(service, tx, fact.sitting_id, content, fact.candidate_ids).await
}

async fn tell(
    service: &NotificationService,
    tx: &mut Tx,
    about: SittingId,
    content: MessageContent,
    mut candidates: Vec<AccountId>,
) -> db::Result<()> {
    candidates.sort_unstable();
    candidates.dedup();
    if candidates.is_empty() {
        return Ok(());
    }
    // Who hasn't read yet when a sitting opens mustn't read the old time: what is new replaces it.
    store::deliveries::take_back_unread(tx, about, SCHEDULED, &candidates).await?;
    let message = MessageRow {
        id: Id::new(&*service.clock, &*service.random),
        content,
        sender: None,
        about: Some(about),
        recipients: i64::try_from(candidates.len()).unwrap_or(i64::MAX),
        sent_at: service.clock.now(),
    };
    store::messages::insert(tx, &message).await?;
    store::deliveries::deliver(tx, message.id, &candidates).await
}
