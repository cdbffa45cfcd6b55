//! question-service in another process.

use std::time::Duration;

use authz::{Actor, Service};
use foundation::Problem;
use http::Method;
use question_api::{
    FreezeItem, Frozen, QuestionApi,
    wire::{self, Freeze},
};

use crate::{Addresses, Ask, Caller, Remote};

/// How long the freezing of fifty papers may take.
const FREEZE_MAX: Duration = Duration::from_secs(40);

/// question-service in another process.
#[derive(Debug)]
pub struct QuestionClient(Remote);

impl QuestionClient {
    /// question-service at these addresses.
    pub fn new(addresses: Addresses, caller: Caller) -> Self {
        Self(Remote::new(Service::Question, addresses, caller))
    }
}

#[async_trait::async_trait]
impl QuestionApi for QuestionClient {
    async fn freeze(
        &self,
        actor: &Actor,
        papers: &[Vec<FreezeItem>],
    ) -> Result<Vec<Vec<Vec<Frozen>>>, Problem> {
        let ask = Ask {
            method: &Method::POST,
            path: wire::FREEZE,
            actor,
            // Each freeze draws anew, and is recorded.
            is_idempotent: false,
            patience: FREEZE_MAX,
        };
        self.0.call(ask, Some(&Freeze { papers: papers.to_vec() })).await
    }
}
