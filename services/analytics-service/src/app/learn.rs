//! What exam-service tells of sittings and attempts. Facts come in any order: each one is kept for what it says.

use authz::{AttemptId, SittingId};
use db::{Result, Tx};
use exam_api::{
    AttemptMarked, AttemptStarted, AttemptSubmitted, ReleaseWithdrawn, ResultsReleased, SittingCancelled,
    SittingScheduled,
};
use foundation::Instant;

use crate::{
    domain::distribution::Score,
    store::{self, attempts::Mark, sittings::Described},
};

/// A sitting is this, as told at `told_at`.
///
/// # Errors
/// When the database refuses.
pub async fn sitting_scheduled(tx: &mut Tx, fact: &SittingScheduled, told_at: Instant) -> Result<()> {
    let sitting = Described {
        id: fact.sitting_id,
        unit: &fact.unit,
        title: &fact.title,
        opens_at: fact.opens_at,
        told_at,
    };
    store::sittings::describe(tx, &sitting).await
}

/// A sitting was called off, as told at `told_at`.
///
/// # Errors
/// When the database refuses.
pub async fn sitting_cancelled(tx: &mut Tx, fact: &SittingCancelled, told_at: Instant) -> Result<()> {
    store::sittings::note(tx, fact.sitting_id).await?;
    store::sittings::set_cancelled(tx, fact.sitting_id, told_at).await
}

/// An attempt began.
///
/// # Errors
/// When the database refuses.
pub async fn attempt_started(tx: &mut Tx, fact: &AttemptStarted) -> Result<()> {
    note(tx, fact.sitting_id, fact.attempt_id).await?;
    store::attempts::set_started(tx, fact.attempt_id, fact.started_at).await
}

/// An attempt is over.
///
/// # Errors
/// When the database refuses.
pub async fn attempt_submitted(tx: &mut Tx, fact: &AttemptSubmitted) -> Result<()> {
    note(tx, fact.sitting_id, fact.attempt_id).await?;
    store::attempts::set_ended(tx, fact.attempt_id, fact.ended_at, fact.handed_in).await
}

/// An attempt was marked, or marked again, as told at `told_at`.
///
/// # Errors
/// When the database refuses.
pub async fn attempt_marked(tx: &mut Tx, fact: &AttemptMarked, told_at: Instant) -> Result<()> {
    note(tx, fact.sitting_id, fact.attempt_id).await?;
    let mark = Mark {
        score: Score { points: fact.score, points_max: fact.points_max },
        complete: fact.complete,
        marked_at: told_at,
    };
    store::attempts::set_mark(tx, fact.attempt_id, mark).await
}

/// The results of a sitting were released, as told at `told_at`.
///
/// # Errors
/// When the database refuses.
pub async fn results_released(tx: &mut Tx, fact: &ResultsReleased, told_at: Instant) -> Result<()> {
    store::sittings::note(tx, fact.sitting_id).await?;
    store::sittings::set_released(tx, fact.sitting_id, told_at).await
}

/// The results of a sitting were taken back, as told at `told_at`.
///
/// # Errors
/// When the database refuses.
pub async fn release_withdrawn(tx: &mut Tx, fact: &ReleaseWithdrawn, told_at: Instant) -> Result<()> {
    store::sittings::note(tx, fact.sitting_id).await?;
    store::sittings::set_withdrawn(tx, fact.sitting_id, told_at).await
}

async fn note(tx: &mut Tx, sitting: SittingId, attempt: AttemptId) -> Result<()> {
    store::sittings::note(tx, sitting).await?;
    store::attempts::note(tx, attempt, sitting).await
}
