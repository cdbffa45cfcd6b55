//! Carries what replicas say to one another.

use std::time::Duration;

use async_trait::async_trait;
use events::{Carrier, Ear};
use futures::StreamExt as _;

use crate::{Cache, CacheError, connection::JOB_WAIT_MAX};

const CHANNEL: &str = "exam-system:fan-out:1";
/// How long the channel may be silent before we listen anew: we hear ourselves each second.
const CHANNEL_SILENCE_MAX: Duration = Duration::from_secs(5);

#[async_trait]
impl Carrier for Cache {
    async fn say(&self, texts: &[String]) -> bool {
        let mut said = redis::pipe();
        for text in texts {
            said.publish(CHANNEL, text).ignore();
        }
        self.ask::<()>(&said, JOB_WAIT_MAX).await.is_some()
    }

    async fn listen(&self, ear: Ear<'_>) {
        if let Err(error) = listen(self, ear).await {
            tracing::info!(%error, "replicas aren't heard through Redis");
        }
    }
}

async fn listen(cache: &Cache, ear: Ear<'_>) -> Result<(), CacheError> {
    let subscribing = async {
        let mut channel = cache.settings().client.get_async_pubsub().await?;
        channel.subscribe(CHANNEL).await?;
        Ok::<_, CacheError>(channel)
    };
    let mut channel =
        tokio::time::timeout(JOB_WAIT_MAX, subscribing).await.unwrap_or(Err(CacheError::Slow))?;
    let mut words = channel.on_message();
    loop {
        let word = tokio::time::timeout(CHANNEL_SILENCE_MAX, words.next()).await;
        let Ok(Some(word)) = word else { return Err(CacheError::Slow) };
        ear(String::from_utf8_lossy(word.get_payload_bytes()).into_owned());
    }
}
