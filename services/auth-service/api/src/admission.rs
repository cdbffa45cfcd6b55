//! Admissions: the right of a candidate to check in to an attempt.

use authz::{AccountId, AttemptId, SittingId, UnitPath};
use foundation::{Instant, Text};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Admissions handed over in one call, at most.
pub const ADMISSIONS_MAX: usize = 20_000;

/// The sitting that admissions belong to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SittingAdmissions {
    /// The sitting.
    pub sitting: SittingId,
    /// Its title, as printed on admission sheets.
    pub title: Text<1, 300>,
    /// The unit it belongs to: who may print its admission codes.
    pub unit: UnitPath,
}

/// A candidate's right to check in to an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Admission {
    /// Who.
    pub candidate: AccountId,
    /// To which attempt; at most one admission for each.
    pub attempt: AttemptId,
    /// When the candidate may start; check-in opens an hour earlier.
    pub opens_at: Instant,
    /// The last moment at which the attempt can possibly close; from then on nobody checks in.
    pub closes_at: Instant,
}
