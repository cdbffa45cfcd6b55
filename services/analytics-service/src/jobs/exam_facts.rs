//! Takes the facts of exam-service.

use std::{fmt, sync::Arc};

use events::{Consumer, Event, Subscription, first_times, read_all};
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

    async fn take(&self, events: &[&Event]) -> Result<(), Problem> {
        let mut tx = self.0.db.begin().await?;
        let new = first_times(&mut tx, SCHEMA, NAME, events, self.0.clock.now()).await?;
        // Each is kept for what it says, whatever came before it: they can be taken kind by kind.
        for (fact, told_at) in read_all(&new, kinds::SITTING_SCHEDULED)? {
            learn::sitting_scheduled(&mut tx, &fact, told_at).await?;
        }
        for (fact, told_at) in read_all(&new, kinds::SITTING_CANCELLED)? {
            learn::sitting_cancelled(&mut tx, &fact, told_at).await?;
        }
        learn::attempts_started(&mut tx, &read_all(&new, kinds::ATTEMPT_STARTED)?).await?;
        learn::attempts_submitted(&mut tx, &read_all(&new, kinds::ATTEMPT_SUBMITTED)?).await?;
        learn::attempts_marked(&mut tx, &read_all(&new, kinds::ATTEMPT_MARKED)?).await?;
        for (fact, told_at) in read_all(&new, kinds::RESULTS_RELEASED)? {
            learn::results_released(&mut tx, &fact, told_at).await?;
        }
        for (fact, told_at) in read_all(&new, kinds::RELEASE_WITHDRAWN)? {
            learn::release_withdrawn(&mut tx, &fact, told_at).await?;
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
