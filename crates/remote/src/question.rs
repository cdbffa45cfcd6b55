//! question-service in another process.

use std::time::Duration;

use authz::{Actor, Service};
use foundation::Problem;
use http::Method;
use question_api::{
    FreezeItem, Frozen, Picture, QuestionApi,
    wire::{self, Freeze, Sent, Wanted},
};

use crate::{Addresses, Ask, Caller, Remote};

/// How long the freezing of fifty papers may take.
const FREEZE_MAX: Duration = Duration::from_secs(40);

/// How long a picture may take.
const PICTURE_MAX: Duration = Duration::from_secs(10);

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

    async fn picture(&self, sha256: &str) -> Result<Option<Picture>, Problem> {
        let ask = Ask {
            method: &Method::POST,
            path: wire::PICTURE,
            actor: &Actor::System("exam-service"),
            is_idempotent: true,
            patience: PICTURE_MAX,
        };
        let sent: Option<Sent> = self.0.call(ask, Some(&Wanted { sha256: sha256.to_owned() })).await?;
        sent.map(|sent| {
            Picture::try_from(sent).map_err(|error| Problem::internal(format!("picture {sha256}: {error}")))
        })
        .transpose()
    }
}
