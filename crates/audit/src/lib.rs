//! Audit records in the transaction of the change, a sealer that chains them, and a verifier.
//!
//! What staff do stands here; what a candidate does stands in the journal.

mod list;
mod record;
mod seal;
mod verify;

use db::MigrationText;

pub use list::{AuditRecord, list};
pub use record::{Act, record};
pub use seal::seal;
pub use verify::{Verdict, verify};

/// The audit log's tables, for every service's schema.
pub const MIGRATIONS: &[MigrationText] = &[db::migration!(1, "../migrations", "audit_log")];
