//! Takes a consumer's facts from its queue, one after the other.

use std::{fmt, sync::Arc};

use events::{Consumer, Refusal, Subscription, hand_to};
use futures::StreamExt as _;
use lapin::{
    Channel,
    message::Delivery,
    options::{BasicAckOptions, BasicConsumeOptions, BasicQosOptions, BasicRejectOptions},
    types::FieldTable,
};
use tokio_util::sync::CancellationToken;

use crate::{
    BrokerError, BrokerSettings,
    link::{Link, Patience, deliver, in_time},
    topology::{self, dead_queue, wait_queue},
    wire::Letter,
};

/// Facts that the broker may send ahead of an answer.
const PREFETCH: u16 = 16;

/// Takes one consumer's facts from its queue.
pub struct Subscriber {
    settings: BrokerSettings,
    subscription: Subscription,
    consumer: Arc<dyn Consumer>,
}

impl Subscriber {
    /// A subscriber, not yet connected.
    pub fn new(settings: BrokerSettings, consumer: Arc<dyn Consumer>) -> Self {
        Self { settings, subscription: consumer.subscription(), consumer }
    }

    /// Takes facts until `stop`; connects again whenever the connection is lost.
    pub async fn run(self, stop: CancellationToken) {
        let mut patience = Patience::new();
        while !stop.is_cancelled() {
            if let Err(error) = self.take_all(&stop, &mut patience).await {
                tracing::warn!(%error, consumer = self.subscription.consumer, "facts wait at the broker");
            }
            tokio::select! {
                () = stop.cancelled() => {}
                () = tokio::time::sleep(patience.next()) => {}
            }
        }
    }

    async fn take_all(&self, stop: &CancellationToken, patience: &mut Patience) -> Result<(), BrokerError> {
        let consumer = self.subscription.consumer;
        let link = Link::connect(&self.settings, consumer).await?;
        topology::declare(&link.channel, &self.settings, &[self.subscription]).await?;
        let mut deliveries = in_time(async {
            link.channel.basic_qos(PREFETCH, BasicQosOptions::default()).await?;
            Ok(link
                .channel
                .basic_consume(
                    consumer.into(),
                    String::new().into(),
                    BasicConsumeOptions::default(),
                    FieldTable::default(),
                )
                .await?)
        })
        .await?;
        *patience = Patience::new();
        loop {
            let delivery = tokio::select! {
                () = stop.cancelled() => break,
                delivery = deliveries.next() => delivery,
            };
            match delivery {
                Some(delivery) => self.take(&link.channel, delivery?).await?,
                None => return Ok(()),
            }
        }
        // What was sent ahead and not answered goes back to the queue.
        in_time(async { Ok(link.connection.close(200, "stopping".into()).await?) }).await
    }

    /// Takes one. It is answered only once it is taken, or safe in another queue.
    async fn take(&self, channel: &Channel, delivery: Delivery) -> Result<(), BrokerError> {
        let Some(letter) = Letter::read(&delivery.properties, &delivery.data) else {
            tracing::error!(consumer = self.subscription.consumer, "a message that is no fact was set aside");
            // Back it doesn't go, which sends it to the dead letters.
            let aside = BasicRejectOptions { requeue: false };
            return in_time(async { Ok(delivery.reject(aside).await?) }).await.map(|_| ());
        };
        let event = letter.event();
        for refused in hand_to(&*self.consumer, &[&event]).await.into_iter().filter_map(Result::err) {
            self.put_off(channel, letter.clone(), refused).await?;
        }
        in_time(async { Ok(delivery.ack(BasicAckOptions::default()).await?) }).await?;
        Ok(())
    }

    /// Has it wait, or makes it a dead letter.
    async fn put_off(
        &self,
        channel: &Channel,
        mut letter: Letter,
        refusal: Refusal,
    ) -> Result<(), BrokerError> {
        let consumer = self.subscription.consumer;
        letter.tries += u32::from(!refusal.passing);
        letter.why = Some(refusal.why);
        if letter.tries >= self.settings.tries_max {
            tracing::error!(consumer, event = %letter.id, kind = letter.kind, why = letter.why, "fact set aside after too many tries");
            return deliver(channel, &dead_queue(consumer), &letter).await;
        }
        let level = usize::try_from(letter.waits).unwrap_or(usize::MAX).min(self.settings.waits.len() - 1);
        letter.waits = letter.waits.saturating_add(1);
        let millis = self.settings.waits[level].as_millis();
        deliver(channel, &wait_queue(consumer, millis), &letter).await
    }
}

impl fmt::Debug for Subscriber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Subscriber({})", self.subscription.consumer)
    }
}
