//! Dead letters: facts that a consumer couldn't take after many tries, for a person to look at and to send again.

use std::fmt;

use events::{DEAD_LISTED_MAX, EventId, Subscription};
use foundation::Instant;
use lapin::{
    message::Delivery,
    options::{BasicAckOptions, BasicGetOptions},
};

use crate::{
    BrokerError, BrokerSettings,
    link::{Link, deliver, in_time},
    topology::{self, dead_queue},
    wire::Letter,
};

/// A fact that a consumer couldn't take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeadLetter {
    /// The fact's id.
    pub id: EventId,
    /// Its kind.
    pub kind: String,
    /// When it became a fact.
    pub created_at: Instant,
    /// Tries that counted.
    pub tries: u32,
    /// Why it wasn't taken the last time.
    pub why: String,
}

/// What lies in a consumer's queue of dead letters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeadList {
    /// Those that can be sent again.
    pub letters: Vec<DeadLetter>,
    /// Messages that are no facts of ours: whoever sent them has to be asked.
    pub unreadable: usize,
}

/// The dead letters at the broker.
pub struct DeadLetters {
    settings: BrokerSettings,
    link: Link,
}

impl DeadLetters {
    /// Connects.
    ///
    /// # Errors
    /// When the broker is away, or refuses.
    pub async fn connect(
        settings: &BrokerSettings,
        subscriptions: &[Subscription],
    ) -> Result<Self, BrokerError> {
        let link = Link::connect(settings, "exam-system dead letters").await?;
        topology::declare(&link.channel, settings, subscriptions).await?;
        Ok(Self { settings: settings.clone(), link })
    }

    /// The dead letters of a consumer, [`DEAD_LISTED_MAX`] at most; they stay where they are.
    ///
    /// # Errors
    /// When the broker is away, or refuses.
    pub async fn list(&self, consumer: &str) -> Result<DeadList, BrokerError> {
        let taken = self.take_out(consumer).await?;
        let letters = taken.letters.iter().map(|(letter, _)| DeadLetter {
            id: EventId::from_uuid(letter.id),
            kind: letter.kind.clone(),
            created_at: letter.created_at,
            tries: letter.tries,
            why: letter
                .why
                .clone()
                .unwrap_or_else(|| "the process ended, or lost its connection, each time".to_owned()),
        });
        let list = DeadList { letters: letters.collect(), unreadable: taken.unreadable };
        taken.give_back().await?;
        Ok(list)
    }

    /// Sends these dead letters to their consumer again, as if for the first time; how many of them were still there.
    ///
    /// # Errors
    /// When the broker is away, or refuses; then what wasn't sent is still a dead letter.
    pub async fn replay(&self, consumer: &str, facts: &[EventId]) -> Result<usize, BrokerError> {
        let mut sent = 0;
        let taken = self.take_out(consumer).await?;
        for (letter, delivery) in &taken.letters {
            if facts.contains(&EventId::from_uuid(letter.id)) {
                let again = Letter { tries: 0, waits: 0, why: None, ..letter.clone() };
                deliver(&taken.channel, consumer, &again).await?;
                in_time(async { Ok(delivery.ack(BasicAckOptions::default()).await?) }).await?;
                sent += 1;
            }
        }
        taken.give_back().await?;
        Ok(sent)
    }

    /// Takes them out of their queue without an answer, on a channel of their own: when it closes they are back, in their
    /// places.
    async fn take_out(&self, consumer: &str) -> Result<TakenOut, BrokerError> {
        let channel = in_time(async {
            let channel = self.link.connection.create_channel().await?;
            channel.confirm_select(Default::default()).await?;
            Ok(channel)
        })
        .await?;
        let queue = dead_queue(consumer);
        let (mut letters, mut unreadable) = (Vec::new(), 0);
        while letters.len() + unreadable < DEAD_LISTED_MAX {
            let got = in_time(async {
                Ok(channel.basic_get(queue.as_str().into(), BasicGetOptions::default()).await?)
            });
            let Some(got) = got.await? else { break };
            let delivery = got.delivery;
            match Letter::read(&delivery.properties, &delivery.data) {
                Some(letter) => letters.push((letter, delivery)),
                None => unreadable += 1,
            }
        }
        Ok(TakenOut { channel, letters, unreadable })
    }
}

struct TakenOut {
    channel: lapin::Channel,
    letters: Vec<(Letter, Delivery)>,
    unreadable: usize,
}

impl TakenOut {
    async fn give_back(self) -> Result<(), BrokerError> {
        in_time(async { Ok(self.channel.close(200, "looked at".into()).await?) }).await
    }
}

impl fmt::Debug for DeadLetters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DeadLetters({:?})", self.settings)
    }
}
