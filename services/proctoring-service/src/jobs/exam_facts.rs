//! Takes the facts of exam-service.

use std::{fmt, sync::Arc};

use events::{Consumer, Event, Subscription, first_time};
use exam_api::kinds;
use foundation::Problem;

use crate::{ProctoringService, app::learn, service::SCHEMA};

const NAME: &str = "proctoring.exam_facts";
const WANTED: &[&str] = &[kinds::SITTING_SCHEDULED, kinds::ATTEMPT_STARTED, kinds::ATTEMPT_SUBMITTED];

/// What it wants, told before it is there.
pub const SUBSCRIPTION: Subscription = Subscription { consumer: NAME, kinds: WANTED };

/// The consumer.
pub struct ExamFacts(Arc<ProctoringService>);

impl ExamFacts {
    /// A consumer that tells `service`.
    pub fn new(service: Arc<ProctoringService>) -> Self {
        Self(service)
    }
}

#[async_trait::async_trait]
impl Consumer for ExamFacts {
    fn subscription(&self) -> Subscription {
        SUBSCRIPTION
    }

    async fn take(&self, event: &Event) -> Result<(), Problem> {
        let mut tx = self.0.db.begin().await?;
        if !first_time(&mut tx, SCHEMA, NAME, event, self.0.clock.now()).await? {
            return Ok(());
        }
        match event.kind.as_str() {
            kinds::SITTING_SCHEDULED => {
                learn::sitting_scheduled(&mut tx, &event.read()?, event.created_at).await?;
            }
            kinds::ATTEMPT_STARTED => learn::attempt_started(&mut tx, &event.read()?).await?,
            kinds::ATTEMPT_SUBMITTED => learn::attempt_submitted(&mut tx, &event.read()?).await?,
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
