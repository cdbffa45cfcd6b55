//! Ways from replica to replica.

use std::{fmt::Debug, time::Duration};

use async_trait::async_trait;
use db::Db;

const CHANNEL: &str = "exam_system_fan_out";
/// How long the database may take to hear us.
const WAIT_MAX: Duration = Duration::from_secs(1);

/// Takes what is heard.
pub type Ear<'a> = &'a (dyn Fn(String) + Send + Sync);

/// A way from replica to replica. What it loses is lost.
#[async_trait]
pub trait Carrier: Debug + Send + Sync {
    /// Says each of these texts to every replica that listens, in their order; whether they were said. Waits a second or so at
    /// most.
    async fn say(&self, texts: &[String]) -> bool;

    /// Hands over what is heard for as long as it can.
    async fn listen(&self, ear: Ear<'_>);
}

/// The database that replicas share, for when nothing better carries.
#[derive(Clone, Debug)]
pub struct ThroughDatabase(Db);

impl ThroughDatabase {
    /// Through `db`.
    pub fn new(db: Db) -> Self {
        Self(db)
    }
}

#[async_trait]
impl Carrier for ThroughDatabase {
    async fn say(&self, texts: &[String]) -> bool {
        let said = tokio::time::timeout(WAIT_MAX, self.0.notify(CHANNEL, texts)).await;
        if let Ok(Err(error)) = &said {
            tracing::info!(%error, "replicas can't be told through the database");
        }
        matches!(said, Ok(Ok(())))
    }

    async fn listen(&self, ear: Ear<'_>) {
        let listening: db::Result<()> = async {
            let Some(mut listener) = self.0.listen(CHANNEL).await? else { return Ok(()) };
            loop {
                ear(listener.next().await?);
            }
        }
        .await;
        if let Err(error) = listening {
            tracing::info!(%error, "replicas aren't heard through the database");
        }
    }
}
