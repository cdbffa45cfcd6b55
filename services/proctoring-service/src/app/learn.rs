//! What exam-service tells of sittings and attempts. Facts come in any order: each one is kept for what it says.

use db::Tx;
use exam_api::{AttemptStarted, AttemptSubmitted, SittingScheduled};
use foundation::Instant;

use crate::store::{self, attempts::Whose};

/// A sitting lies in this unit, as told at `told_at`.
///
/// # Errors
/// When the database refuses.
pub async fn sitting_scheduled(tx: &mut Tx, fact: &SittingScheduled, told_at: Instant) -> db::Result<()> {
    store::sittings::set_unit(tx, fact.sitting_id, &fact.unit, told_at).await
}

/// An attempt began.
///
/// # Errors
/// When the database refuses.
pub async fn attempt_started(tx: &mut Tx, fact: &AttemptStarted) -> db::Result<()> {
    let whose = Whose { attempt: fact.attempt_id, sitting: fact.sitting_id, candidate: fact.candidate_id };
    store::sittings::note(tx, whose.sitting).await?;
    store::attempts::hold(tx, whose).await?;
    store::attempts::set_started(tx, fact.attempt_id, fact.started_at).await
}

/// An attempt is over: nothing that happens afterwards is recorded.
///
/// # Errors
/// When the database refuses.
pub async fn attempt_submitted(tx: &mut Tx, fact: &AttemptSubmitted) -> db::Result<()> {
    let whose = Whose { attempt: fact.attempt_id, sitting: fact.sitting_id, candidate: fact.candidate_id };
    store::sittings::note(tx, whose.sitting).await?;
    store::attempts::hold(tx, whose).await?;
    store::attempts::set_ended(tx, fact.attempt_id, fact.ended_at).await
}
