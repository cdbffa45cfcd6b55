//! Takes the facts of exam-service.

use std::{fmt, sync::Arc};

use events::{Consumer, Event, Subscription, first_time};
use exam_api::kinds;
use foundation::Problem;

use crate::{AnalyticsService, app::learn, service::SCHEMA};

const NAME: &str = "analytics.exam_facts";
const WANTED: &[&str] = &[
    kinds::SITTING_SCHEDULED,
    kinds::SITTING_CANCELLED,
    kinds::ATTEMPT_STARTED,
    kinds::ATTEMPT_SUBMITTED,
    kinds::ATTEMPT_MARKED,
    kinds::RESULTS_RELEASED,
    kinds::RELEASE_WITHDRAWN,
];

/// What it wants, told before it is there.
pub const SUBSCRIPTION: Subscription = Subscription { consumer: NAME, kinds: WANTED };

/// The consumer.
pub struct ExamFacts(Arc<AnalyticsService>);

impl ExamFacts {
    /// A consumer that tells `service`.
    pub fn new(service: Arc<AnalyticsService>) -> Self {
        Self(service)
    }
}

#[async_trait::async_trait]
impl Consumer for ExamFacts {
    fn subscription(&self) -> Subscription {
        SUBSCRIPTION
    }

    async fn take(&self, event: &Event) -> Result<(), Problem> {
        let told_at = event.created_at;
        let mut tx = self.0.db.begin().await?;
        if !first_time(&mut tx, SCHEMA, NAME, event, self.0.clock.now()).await? {
            return Ok(());
        }
        match event.kind.as_str() {
            kinds::SITTING_SCHEDULED => {
                learn::sitting_scheduled(&mut tx, &event.read()?, told_at).await?;
            }
            kinds::SITTING_CANCELLED => {
                learn::sitting_cancelled(&mut tx, &event.read()?, told_at).await?;
            }
            kinds::ATTEMPT_STARTED => learn::attempt_started(&mut tx, &event.read()?).await?,
            kinds::ATTEMPT_SUBMITTED => learn::attempt_submitted(&mut tx, &event.read()?).await?,
            kinds::ATTEMPT_MARKED => learn::attempt_marked(&mut tx, &event.read()?, told_at).await?,
            kinds::RESULTS_RELEASED => {
                learn::results_released(&mut tx, &event.read()?, told_at).await?;
            }
            kinds::RELEASE_WITHDRAWN => {
                learn::release_withdrawn(&mut tx, &event.read()?, told_at).await?;
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
