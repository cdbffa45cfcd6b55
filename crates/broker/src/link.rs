//! One connection to the broker.

use std::time::Duration;

use lapin::{
    Channel, Confirmation, Connection, ConnectionProperties, DefaultConnectionBuilder,
    options::{BasicPublishOptions, ConfirmSelectOptions},
    tcp::OwnedTLSConfig,
};

use crate::{BrokerError, BrokerSettings, wire::Letter};

/// How long the broker may take to answer anything.
pub(crate) const ANSWER_MAX: Duration = Duration::from_secs(10);
/// Waits between two tries to connect: doubled each time, up to the second.
const RETRY_FIRST: Duration = Duration::from_millis(250);
const RETRY_LAST: Duration = Duration::from_secs(5);

/// A connection and a channel on which what is published gets confirmed.
pub(crate) struct Link {
    pub(crate) connection: Connection,
    pub(crate) channel: Channel,
}

impl Link {
    /// Connects. `name` is what the broker's operator sees.
    pub(crate) async fn connect(settings: &BrokerSettings, name: &str) -> Result<Self, BrokerError> {
        let connect = async {
            let properties = ConnectionProperties::default().with_connection_name(name.into());
            let connection = DefaultConnectionBuilder::new()?
                .with_uri(settings.uri.clone())
                .with_properties(properties)
                .with_tls_config(OwnedTLSConfig { identity: None, cert_chain: settings.ca.clone() })
                .connect()
                .await?;
            let channel = connection.create_channel().await?;
            channel.confirm_select(ConfirmSelectOptions::default()).await?;
            Ok(Self { connection, channel })
        };
        in_time(connect).await
    }

    /// Whether it can carry anything now. A broker that is short of memory or disk blocks those who publish.
    pub(crate) fn is_usable(&self) -> bool {
        let status = self.connection.status();
        status.connected() && !status.blocked() && self.channel.status().connected()
    }
}

/// Publishes one letter straight to `queue` and waits until the broker has it on disk.
pub(crate) async fn deliver(channel: &Channel, queue: &str, letter: &Letter) -> Result<(), BrokerError> {
    let mandatory = BasicPublishOptions { mandatory: true, ..BasicPublishOptions::default() };
    let confirmation = in_time(async {
        let sent = channel
            .basic_publish(
                String::new().into(),
                queue.into(),
                mandatory,
                letter.payload.as_bytes(),
                letter.properties(),
            )
            .await?;
        Ok(sent.await?)
    })
    .await?;
    match confirmation {
        Confirmation::Ack(None) => Ok(()),
        _ => Err(BrokerError::NotTaken),
    }
}

/// Bounds the wait for the broker.
pub(crate) async fn in_time<T>(
    asked: impl Future<Output = Result<T, BrokerError>>,
) -> Result<T, BrokerError> {
    tokio::time::timeout(ANSWER_MAX, asked).await.unwrap_or(Err(BrokerError::Slow(ANSWER_MAX)))
}

/// How long to wait before the next try to connect.
#[derive(Debug)]
pub(crate) struct Patience(Duration);

impl Patience {
    pub(crate) const fn new() -> Self {
        Self(RETRY_FIRST)
    }

    pub(crate) fn next(&mut self) -> Duration {
        let wait = self.0;
        self.0 = (wait * 2).min(RETRY_LAST);
        wait
    }
}
