//! What proctoring-service tells others: the ids and the wire types of violations.

mod ids;
mod kind;
mod violation;

pub use authz::{AccountId, AttemptId, SittingId};
pub use ids::{SignalId, SignalKind, ViolationId, ViolationIdKind};
pub use kind::{Judgement, UnknownName, ViolationKind};
pub use violation::{AttemptViolations, KindCount, OwnViolation, Violation};
