//! Violations, as staff and as candidates see them.

use authz::{AccountId, AttemptId, SittingId};
use foundation::Instant;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Judgement, ViolationId, ViolationKind};

/// A violation, as staff see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Violation {
    /// Its id; newer ones sort behind older ones.
    pub id: ViolationId,
    /// The sitting.
    pub sitting_id: SittingId,
    /// The attempt.
    pub attempt_id: AttemptId,
    /// The candidate.
    pub candidate_id: AccountId,
    /// What was noticed.
    pub kind: ViolationKind,
    /// How long it lasted, in seconds, as the device says.
    pub duration_seconds: Option<u32>,
    /// What the device adds; empty when nothing.
    pub detail: String,
    /// When the server heard of it.
    pub recorded_at: Instant,
    /// What a human made of it; null until one has looked.
    pub judgement: Option<Judgement>,
    /// Why, in their words; empty when they gave none.
    pub note: String,
    /// Who judged.
    pub judged_by: Option<AccountId>,
    /// When.
    pub judged_at: Option<Instant>,
}

/// A violation, as its candidate sees it: nothing in it is about anybody else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OwnViolation {
    /// Its id; newer ones sort behind older ones.
    pub id: ViolationId,
    /// What was noticed.
    pub kind: ViolationKind,
    /// How long it lasted, in seconds, as the device says.
    pub duration_seconds: Option<u32>,
    /// What the device added; empty when nothing.
    pub detail: String,
    /// When the server heard of it.
    pub recorded_at: Instant,
    /// What a human made of it; null until one has looked.
    pub judgement: Option<Judgement>,
    /// When.
    pub judged_at: Option<Instant>,
}

/// The violations of one attempt, counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AttemptViolations {
    /// The attempt.
    pub attempt_id: AttemptId,
    /// Its candidate.
    pub candidate_id: AccountId,
    /// Violations recorded.
    pub recorded: i64,
    /// Of these: nobody has judged them yet.
    pub waiting: i64,
    /// Of these: confirmed.
    pub confirmed: i64,
    /// Of these: dismissed.
    pub dismissed: i64,
    /// Signals beyond the most that an attempt keeps: counted, not recorded.
    pub left_out: i64,
    /// When the last one was recorded.
    pub last_recorded_at: Option<Instant>,
    /// Recorded violations by kind; kinds without one are left out.
    pub kinds: Vec<KindCount>,
}

/// Violations of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct KindCount {
    /// The kind.
    pub kind: ViolationKind,
    /// How many.
    pub count: i64,
}
