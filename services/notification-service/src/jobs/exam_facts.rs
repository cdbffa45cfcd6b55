//! Takes the facts of exam-service.

use std::{fmt, sync::Arc};

use events::{Consumer, Event, Subscription, first_times};
use exam_api::kinds;
use foundation::Problem;

use crate::{NotificationService, app::tell_candidates, service::SCHEMA};

const NAME: &str = "notification.exam_facts";
const WANTED: &[&str] =
    &[kinds::RESULTS_RELEASED, kinds::RELEASE_WITHDRAWN, kinds::SITTING_SCHEDULED, kinds::SITTING_CANCELLED];

/// What it wants, told before it is there.
pub const SUBSCRIPTION: Subscription = Subscription { consumer: NAME, kinds: WANTED };

/// The consumer.
pub struct ExamFacts(Arc<NotificationService>);

impl ExamFacts {
    /// A consumer that tells `service`.
    pub fn new(service: Arc<NotificationService>) -> Self {
        Self(service)
    }
}

#[async_trait::async_trait]
impl Consumer for ExamFacts {
    fn subscription(&self) -> Subscription {
        SUBSCRIPTION
    }

    async fn take(&self, events: &[&Event]) -> Result<(), Problem> {
        // One by one: each may tell thousands of candidates.
        for event in events {
            self.take_one(event).await?;
        }
        Ok(())
    }
}

impl ExamFacts {
    async fn take_one(&self, event: &Event) -> Result<(), Problem> {
        let mut tx = self.0.db.begin().await?;
        if first_times(&mut tx, SCHEMA, NAME, &[event], self.0.clock.now()).await?.is_empty() {
            return Ok(());
        }
        match event.kind.as_str() {
            kinds::RESULTS_RELEASED => {
                tell_candidates::results_released(&self.0, &mut tx, event.read()?, event.created_at).await?;
            }
            kinds::RELEASE_WITHDRAWN => {
                tell_candidates::release_withdrawn(&mut tx, event.read()?, event.created_at).await?;
            }
            kinds::SITTING_SCHEDULED => {
                tell_candidates::sitting_scheduled(&self.0, &mut tx, event.read()?).await?;
            }
            kinds::SITTING_CANCELLED => {
                tell_candidates::sitting_cancelled(&self.0, &mut tx, event.read()?).await?;
            }
            _ => return Ok(()),
        }
        tx.commit().await?;
        Ok(())
    }
}

impl fmt::Debug for ExamFacts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(NAME)
    }
}
