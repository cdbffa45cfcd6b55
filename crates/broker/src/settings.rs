//! Where the broker is, and how patient we are with it.

use std::{fmt, time::Duration};

use lapin::uri::{AMQPScheme, AMQPUri};

/// Seconds between heartbeats: a broker that is silently gone is noticed after two.
const HEARTBEAT_SECONDS: u16 = 10;
/// How long a connection may take to come about.
const CONNECT_MAX: Duration = Duration::from_secs(5);
/// How long a refused fact waits until it comes again: after the first try, the second, and every further one.
const WAITS: [Duration; 3] = [Duration::from_secs(1), Duration::from_secs(10), Duration::from_secs(60)];

/// Where the broker is, and how patient we are with it.
#[derive(Clone)]
pub struct BrokerSettings {
    pub(crate) uri: AMQPUri,
    /// Certificates (PEM) that are trusted beside the system's.
    pub(crate) ca: Option<String>,
    /// How long a refused fact waits, by how often it was refused; the last stands for all further ones.
    pub waits: Vec<Duration>,
    /// Tries before a fact becomes a dead letter.
    pub tries_max: u32,
}

/// What is wrong with the broker, or with what was said about it.
#[derive(Debug, thiserror::Error)]
pub enum BrokerError {
    /// The address can't be read. It may hold a password, so it isn't shown.
    #[error("RABBITMQ_URL must be amqp://USER:PASSWORD@HOST:PORT/VHOST, or amqps:// for TLS")]
    Address,
    /// The broker refused, or is away.
    #[error("RabbitMQ: {0}")]
    Lapin(#[from] lapin::Error),
    /// The broker didn't answer in time.
    #[error("RabbitMQ didn't answer within {0:?}")]
    Slow(Duration),
    /// The broker took a message but confirmed nothing.
    #[error("RabbitMQ didn't take the message")]
    NotTaken,
}

impl BrokerSettings {
    /// Reads an address. `ca` holds certificates (PEM) that are trusted beside the system's.
    ///
    /// # Errors
    /// When it isn't an AMQP address.
    pub fn parse(url: &str, ca: Option<String>) -> Result<Self, BrokerError> {
        let mut uri: AMQPUri = url.parse().map_err(|_| BrokerError::Address)?;
        uri.query.heartbeat.get_or_insert(HEARTBEAT_SECONDS);
        let millis = u64::try_from(CONNECT_MAX.as_millis()).unwrap_or(u64::MAX);
        uri.query.connection_timeout.get_or_insert(millis);
        Ok(Self { uri, ca, waits: WAITS.to_vec(), tries_max: events::TRIES_MAX })
    }

    /// Whether the connection is encrypted and the broker's name verified.
    pub fn is_encrypted(&self) -> bool {
        self.uri.scheme == AMQPScheme::AMQPS
    }
}

impl fmt::Debug for BrokerSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BrokerSettings({}:{})", self.uri.authority.host, self.uri.authority.port)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_an_error_nor_a_log_line_shows_the_password() {
        let error = BrokerSettings::parse("http://guest:hush@host/", None).unwrap_err().to_string();
        let settings = BrokerSettings::parse("amqps://guest:hush@host:5671/%2f", None).unwrap();
        assert!(!error.contains("hush") && !format!("{settings:?}").contains("hush"));
        assert!(settings.is_encrypted());
    }
}
