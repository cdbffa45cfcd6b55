//! Facts over RabbitMQ, with the semantics of the bus in one process: at least once, in the outbox's order as long as
//! nothing fails, back-off for what isn't taken, and dead letters that a person can list and send again.
//!
//! One topic exchange; for each consumer a durable quorum queue of its name, which one replica at a time reads (so that
//! order holds), queues in which refused facts wait, and a queue of dead letters. Every process declares all of them, so
//! that facts for a service that was never started wait for it.

mod dead_letters;
mod link;
mod publisher;
mod settings;
mod subscriber;
mod topology;
mod wire;

pub use dead_letters::{DeadLetter, DeadLetters, DeadList};
pub use publisher::Publisher;
pub use settings::{BrokerError, BrokerSettings};
pub use subscriber::Subscriber;
