//! Ids that proctoring-service issues or takes.

use foundation::{Id, IdKind};

/// Names a violation.
pub enum ViolationIdKind {}
impl IdKind for ViolationIdKind {
    const NAME: &'static str = "violation";
}
/// A recorded violation.
pub type ViolationId = Id<ViolationIdKind>;

/// Names a signal.
pub enum SignalKind {}
impl IdKind for SignalKind {
    const NAME: &'static str = "signal";
}
/// What a browser noticed, named by the browser: what makes the same signal, sent again, one violation.
pub type SignalId = Id<SignalKind>;
