//! Two kinds of message between services.
//!
//! *Facts* (submitted, released, scheduled) are durable: a transactional outbox, a dispatcher, idempotent consumers.
//! *Signals* (attempt version 7) are hints that may be lost.

mod dispatch;
mod fact;
mod presence;
mod signal;

use db::MigrationText;

pub use dispatch::{Consumer, Dispatcher};
pub use fact::{Event, EventId, EventKind, first_time, payload, record, record_all};
pub use presence::{Presence, Present};
pub use signal::{Signal, Signals};

/// The outbox and the inbox, for every service's schema.
pub const MIGRATIONS: &[MigrationText] = &[db::migration!(2, "../migrations", "outbox")];
