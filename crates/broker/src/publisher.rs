//! The bus, as an outbox sees it: facts go to the exchange, and are safe once the broker has confirmed them.

use std::{fmt, sync::Arc, time::Duration};

use async_trait::async_trait;
use events::{Bus, Carried, Event, Refusal, Subscription};
use lapin::{Confirmation, PublisherConfirm, options::BasicPublishOptions};
use telemetry::{Dependency, names};
use tokio::sync::{Notify, RwLock};
use tokio_util::sync::CancellationToken;

use crate::{
    BrokerError, BrokerSettings,
    link::{Link, Patience, in_time},
    topology::{self, EXCHANGE, dead_queue},
    wire::Letter,
};

/// How often the connection is looked at.
const LOOK: Duration = Duration::from_millis(250);
/// How often queues are counted for the metrics, in looks.
const COUNT_LOOKS: u32 = 40;

/// Publishes facts. Cheap to clone; all clones share one connection, which [`Publisher::run`] keeps up.
#[derive(Clone)]
pub struct Publisher(Arc<Inner>);

struct Inner {
    settings: BrokerSettings,
    subscriptions: Vec<Subscription>,
    dependency: Dependency,
    link: RwLock<Option<Arc<Link>>>,
    broken: Notify,
}

impl Publisher {
    /// A publisher, not yet connected. What nobody subscribes to isn't published.
    pub fn new(settings: BrokerSettings, subscriptions: Vec<Subscription>, dependency: Dependency) -> Self {
        Self(Arc::new(Inner {
            settings,
            subscriptions,
            dependency,
            link: RwLock::default(),
            broken: Notify::new(),
        }))
    }

    /// Connects, and again whenever the connection is lost, until `stop`.
    pub async fn run(self, stop: CancellationToken) {
        let mut patience = Patience::new();
        while !stop.is_cancelled() {
            match self.connect().await {
                Ok(link) => {
                    patience = Patience::new();
                    *self.0.link.write().await = Some(Arc::clone(&link));
                    self.watch(&link, &stop).await;
                    *self.0.link.write().await = None;
                    self.0.dependency.set(false);
                }
                Err(error) => {
                    tracing::warn!(%error, "facts wait in their outboxes");
                }
            }
            tokio::select! {
                () = stop.cancelled() => {}
                () = tokio::time::sleep(patience.next()) => {}
            }
        }
    }

    async fn connect(&self) -> Result<Arc<Link>, BrokerError> {
        let link = Link::connect(&self.0.settings, "exam-system facts").await?;
        topology::declare(&link.channel, &self.0.settings, &self.0.subscriptions).await?;
        Ok(Arc::new(link))
    }

    /// Says whether facts can be published, until the connection is lost.
    async fn watch(&self, link: &Link, stop: &CancellationToken) {
        let mut looks = 0_u32;
        while link.connection.status().connected() && link.channel.status().connected() {
            self.0.dependency.set(link.is_usable());
            if looks.is_multiple_of(COUNT_LOOKS)
                && let Err(error) = self.count(link).await
            {
                tracing::info!(%error, "queues can't be counted");
                return;
            }
            looks = looks.wrapping_add(1);
            tokio::select! {
                () = stop.cancelled() => return,
                () = self.0.broken.notified() => return,
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }

    /// Counts what waits at the broker. On a channel of its own: a queue that isn't there closes the channel.
    async fn count(&self, link: &Link) -> Result<(), BrokerError> {
        let passive = lapin::options::QueueDeclareOptions { passive: true, ..Default::default() };
        in_time(async {
            let channel = link.connection.create_channel().await?;
            for subscription in &self.0.subscriptions {
                let consumer = subscription.consumer;
                let waiting = channel
                    .queue_declare(consumer.into(), passive, Default::default())
                    .await?
                    .message_count();
                let dead = channel
                    .queue_declare(dead_queue(consumer).into(), passive, Default::default())
                    .await?
                    .message_count();
                metrics::gauge!(names::FACTS_WAITING, "consumer" => consumer).set(f64::from(waiting));
                metrics::gauge!(names::FACTS_DEAD, "where" => dead_queue(consumer)).set(f64::from(dead));
            }
            channel.close(200, "counted".into()).await?;
            Ok(())
        })
        .await
    }

    async fn publish(&self, link: &Link, fact: &Event) -> Result<PublisherConfirm, BrokerError> {
        let letter = Letter::of(fact);
        let mandatory = BasicPublishOptions { mandatory: true, ..BasicPublishOptions::default() };
        let sent = link.channel.basic_publish(
            EXCHANGE.into(),
            fact.kind.as_str().into(),
            mandatory,
            letter.payload.as_bytes(),
            letter.properties(),
        );
        in_time(async { Ok(sent.await?) }).await
    }

    /// Publishes all of them without waiting for one another, then waits for each confirmation.
    async fn publish_all(&self, link: &Link, facts: &[Event]) -> Vec<Carried> {
        let mut sent = Vec::with_capacity(facts.len());
        for fact in facts {
            let wanted = self.0.subscriptions.iter().any(|each| each.kinds.contains(&fact.kind.as_str()));
            sent.push(if wanted { Some(self.publish(link, fact).await) } else { None });
        }
        let mut carried = Vec::with_capacity(facts.len());
        let mut broken = false;
        for sent in sent {
            let confirmed = match sent {
                None => {
                    carried.push(Carried::Safe);
                    continue;
                }
                // One that got no answer in time has shown that the others won't either.
                Some(_) if broken => Err(BrokerError::NotTaken),
                Some(Ok(sent)) => in_time(async { Ok(sent.await?) }).await,
                Some(Err(error)) => Err(error),
            };
            carried.push(match confirmed {
                Ok(Confirmation::Ack(None)) => Carried::Safe,
                Ok(Confirmation::Ack(Some(_))) => {
                    // Somebody removed a queue: connecting again declares it.
                    self.0.broken.notify_one();
                    Carried::Refused(Refusal::passing("no queue takes it"))
                }
                Ok(_) => Carried::Refused(Refusal::passing("the broker refused it")),
                Err(error) => {
                    if !broken {
                        tracing::warn!(%error, "facts weren't confirmed; they stay in their outbox");
                    }
                    broken = true;
                    Carried::Away
                }
            });
        }
        if broken {
            self.0.dependency.set(false);
            self.0.broken.notify_one();
        }
        carried
    }
}

#[async_trait]
impl Bus for Publisher {
    async fn carry(&self, facts: &[Event]) -> Vec<Carried> {
        let link = self.0.link.read().await.clone();
        match link.filter(|link| link.is_usable()) {
            Some(link) => self.publish_all(&link, facts).await,
            None => vec![Carried::Away; facts.len()],
        }
    }
}

impl fmt::Debug for Publisher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Publisher({:?})", self.0.settings)
    }
}
