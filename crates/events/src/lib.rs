//! Two kinds of message between services.
//!
//! *Facts* (submitted, released, scheduled) are durable: a transactional outbox, a dispatcher, idempotent consumers.
//! *Signals* (attempt version 7) are hints that may be lost. They and [`Presence`] go from replica to replica by [`FanOut`].

mod bus;
mod consumer;
mod dead;
mod dispatch;
mod fact;
mod fan_out;
mod forget;
mod lease;
mod presence;
mod signal;

use db::MigrationText;

pub use bus::{Bus, Carried, InProcess};
pub use consumer::{Consumer, Refusal, Subscription, TRIES_MAX, hand_to};
pub use dead::{DEAD_LISTED_MAX, DeadFact, dead, replay};
pub use dispatch::{Crowd, Dispatcher};
pub use fact::{Event, EventId, EventKind, first_times, payload, read_all, record, record_all};
pub use fan_out::{Carrier, Ear, FanOut, ThroughDatabase};
pub use forget::{Forgotten, HANDED_ON_KEPT, TAKEN_KEPT};
pub use presence::{Changes, Presence, Present};
pub use signal::{Listener, Signal, Signals};

/// The outbox and the inbox, for every service's schema.
pub const MIGRATIONS: &[MigrationText] =
    &[db::migration!(2, "../migrations", "outbox"), db::migration!(4, "../migrations", "outbox_lease")];
