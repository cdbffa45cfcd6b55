//! The facts that exam-service publishes.

use authz::{AccountId, AttemptId, SittingId, UnitPath};
use foundation::{Instant, Points};
use serde::{Deserialize, Serialize};

use crate::{ExamId, PublicationId};

/// The kinds of facts, as they stand in the outbox.
pub mod kinds {
    /// See [`ExamPublished`](super::ExamPublished).
    pub const EXAM_PUBLISHED: &str = "exam.published";
    /// See [`AttemptStarted`](super::AttemptStarted).
    pub const ATTEMPT_STARTED: &str = "exam.attempt_started";
    /// See [`AttemptSubmitted`](super::AttemptSubmitted).
    pub const ATTEMPT_SUBMITTED: &str = "exam.attempt_submitted";
    /// See [`AttemptMarked`](super::AttemptMarked).
    pub const ATTEMPT_MARKED: &str = "exam.attempt_marked";
    /// See [`ResultsReleased`](super::ResultsReleased).
    pub const RESULTS_RELEASED: &str = "exam.results_released";
    /// See [`ReleaseWithdrawn`](super::ReleaseWithdrawn).
    pub const RELEASE_WITHDRAWN: &str = "exam.release_withdrawn";
    /// See [`SittingCancelled`](super::SittingCancelled).
    pub const SITTING_CANCELLED: &str = "exam.sitting_cancelled";
    /// See [`SittingScheduled`](super::SittingScheduled).
    pub const SITTING_SCHEDULED: &str = "exam.sitting_scheduled";
}

/// An exam was published: frozen into papers.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ExamPublished {
    /// The exam.
    pub exam_id: ExamId,
    /// The publication.
    pub publication_id: PublicationId,
    /// Its title.
    pub title: String,
}

/// A sitting was scheduled, its title or times changed, or its roster grew.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SittingScheduled {
    /// The sitting.
    pub sitting_id: SittingId,
    /// The unit that it lies in: whose staff may see what other services keep of it.
    pub unit: UnitPath,
    /// Its title.
    pub title: String,
    /// When it opens.
    pub opens_at: Instant,
    /// Whom this is news to: everybody on the roster when its times changed, the new ones when the roster grew, nobody
    /// while it is empty.
    #[serde(default)]
    pub candidate_ids: Vec<AccountId>,
}

/// A sitting was called off.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SittingCancelled {
    /// The sitting.
    pub sitting_id: SittingId,
    /// The unit that it lies in.
    pub unit: UnitPath,
    /// Its title.
    pub title: String,
    /// Whom this is news to: everybody who was expected.
    pub candidate_ids: Vec<AccountId>,
}

/// A candidate began.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AttemptStarted {
    /// The attempt.
    pub attempt_id: AttemptId,
    /// Its sitting.
    pub sitting_id: SittingId,
    /// Its candidate.
    pub candidate_id: AccountId,
    /// When.
    pub started_at: Instant,
}

/// An attempt was handed in, or closed by time.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AttemptSubmitted {
    /// The attempt.
    pub attempt_id: AttemptId,
    /// Its sitting.
    pub sitting_id: SittingId,
    /// Its candidate.
    pub candidate_id: AccountId,
    /// When it ended.
    pub ended_at: Instant,
    /// Whether the candidate pressed the button; false when time closed it.
    pub handed_in: bool,
}

/// An attempt was marked, or marked again.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AttemptMarked {
    /// The attempt.
    pub attempt_id: AttemptId,
    /// Its sitting.
    pub sitting_id: SittingId,
    /// Its score so far.
    pub score: Points,
    /// The most that it could be.
    pub points_max: Points,
    /// Whether nothing waits for a person.
    pub complete: bool,
}

/// The results of a sitting were released.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ResultsReleased {
    /// The sitting.
    pub sitting_id: SittingId,
    /// Its title.
    pub title: String,
    /// Whose results.
    pub candidate_ids: Vec<AccountId>,
}

/// The results of a sitting were taken back: nobody sees them any more, until they are released again.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReleaseWithdrawn {
    /// The sitting.
    pub sitting_id: SittingId,
    /// Its title.
    pub title: String,
    /// Whose results.
    pub candidate_ids: Vec<AccountId>,
}
