//! The exchange and the queues, declared by every process alike.

use events::Subscription;
use lapin::{
    Channel, ExchangeKind,
    options::{ExchangeDeclareOptions, QueueBindOptions, QueueDeclareOptions},
    types::{AMQPValue, FieldTable},
};

use crate::{BrokerError, BrokerSettings, link::in_time};

/// Where facts are published, under their kind.
pub(crate) const EXCHANGE: &str = "exam-system.facts";
/// Deliveries without an answer (the process died of it, or lost its connection) before the broker itself makes a fact
/// a dead letter. Lost connections count too, so it is many more than the tries of a consumer that answers.
const DELIVERIES_MAX: i64 = 50;
/// Looks at a dead letter before the broker would drop it: a bound that RabbitMQ 4 wants, and nobody reaches.
const LOOKS_MAX: i64 = 1_000_000;

/// The queue of a consumer's dead letters.
pub(crate) fn dead_queue(consumer: &str) -> String {
    format!("{consumer}.dead")
}

/// The queue in which a consumer's refused facts wait for this long. The time is part of the name, for what a queue was
/// declared with can't be changed.
pub(crate) fn wait_queue(consumer: &str, millis: u128) -> String {
    format!("{consumer}.wait.{millis}ms")
}

/// Declares everything; what is there already stays as it is.
pub(crate) async fn declare(
    channel: &Channel,
    settings: &BrokerSettings,
    subscriptions: &[Subscription],
) -> Result<(), BrokerError> {
    let durable = ExchangeDeclareOptions { durable: true, ..ExchangeDeclareOptions::default() };
    in_time(async {
        Ok(channel
            .exchange_declare(EXCHANGE.into(), ExchangeKind::Topic, durable, FieldTable::default())
            .await?)
    })
    .await?;
    for subscription in subscriptions {
        let consumer = subscription.consumer;
        queue(channel, &dead_queue(consumer), &[("x-delivery-limit", number(LOOKS_MAX))]).await?;
        let main = [
            ("x-single-active-consumer", AMQPValue::Boolean(true)),
            ("x-delivery-limit", number(DELIVERIES_MAX)),
            ("x-dead-letter-exchange", text("")),
            ("x-dead-letter-routing-key", text(&dead_queue(consumer))),
            ("x-dead-letter-strategy", text("at-least-once")),
            ("x-overflow", text("reject-publish")),
        ];
        queue(channel, consumer, &main).await?;
        for wait in &settings.waits {
            let millis = wait.as_millis();
            let waiting = [
                ("x-message-ttl", number(i64::try_from(millis).unwrap_or(i64::MAX))),
                ("x-dead-letter-exchange", text("")),
                ("x-dead-letter-routing-key", text(consumer)),
                ("x-dead-letter-strategy", text("at-least-once")),
                ("x-overflow", text("reject-publish")),
            ];
            queue(channel, &wait_queue(consumer, millis), &waiting).await?;
        }
        for kind in subscription.kinds {
            in_time(async {
                Ok(channel
                    .queue_bind(
                        consumer.into(),
                        EXCHANGE.into(),
                        (*kind).into(),
                        QueueBindOptions::default(),
                        FieldTable::default(),
                    )
                    .await?)
            })
            .await?;
        }
    }
    Ok(())
}

async fn queue(channel: &Channel, name: &str, arguments: &[(&str, AMQPValue)]) -> Result<(), BrokerError> {
    let mut table = FieldTable::default();
    table.insert("x-queue-type".into(), text("quorum"));
    for (key, value) in arguments {
        table.insert((*key).into(), value.clone());
    }
    in_time(async {
        channel.queue_declare(name.into(), QueueDeclareOptions::durable(), table).await?;
        Ok(())
    })
    .await
}

fn text(text: &str) -> AMQPValue {
    AMQPValue::LongString(text.into())
}

fn number(number: i64) -> AMQPValue {
    AMQPValue::LongLongInt(number)
}
