//! What exam-service tells of sittings and attempts. Facts come in any order: each one is kept for what it says.

use std::collections::{BTreeMap, BTreeSet};

use authz::{AttemptId, SittingId};
use db::{Result, Tx};
use exam_api::{
    AttemptMarked, AttemptStarted, AttemptSubmitted, ReleaseWithdrawn, ResultsReleased, SittingCancelled,
    SittingScheduled,
};
use foundation::Instant;

use crate::{
    domain::distribution::Score,
    store::{
        self,
        attempts::{End, Mark},
        sittings::Described,
    },
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

/// Attempts began.
///
/// # Errors
/// When the database refuses.
pub async fn attempts_started(tx: &mut Tx, facts: &[(AttemptStarted, Instant)]) -> Result<()> {
    note(tx, facts.iter().map(|(fact, _)| fact.sitting_id)).await?;
    let started = last_of_each(facts.iter().map(|(fact, _)| (fact.attempt_id, fact)));
    let started: Vec<(AttemptId, SittingId, Instant)> =
        started.into_iter().map(|(attempt, fact)| (attempt, fact.sitting_id, fact.started_at)).collect();
    store::attempts::set_started(tx, &started).await
}

/// Attempts are over.
///
/// # Errors
/// When the database refuses.
pub async fn attempts_submitted(tx: &mut Tx, facts: &[(AttemptSubmitted, Instant)]) -> Result<()> {
    note(tx, facts.iter().map(|(fact, _)| fact.sitting_id)).await?;
    let ended = last_of_each(facts.iter().map(|(fact, _)| (fact.attempt_id, fact)));
    let ended: Vec<End> = ended
        .into_iter()
        .map(|(attempt, fact)| End {
            attempt,
            sitting: fact.sitting_id,
            ended_at: fact.ended_at,
            handed_in: fact.handed_in,
        })
        .collect();
    store::attempts::set_ended(tx, &ended).await
}

/// Attempts were marked, or marked again, each as told then.
///
/// # Errors
/// When the database refuses.
pub async fn attempts_marked(tx: &mut Tx, facts: &[(AttemptMarked, Instant)]) -> Result<()> {
    note(tx, facts.iter().map(|(fact, _)| fact.sitting_id)).await?;
    let mut in_order: Vec<&(AttemptMarked, Instant)> = facts.iter().collect();
    in_order.sort_by_key(|(_, told_at)| *told_at);
    let marks: Vec<Mark> = last_of_each(in_order.into_iter().map(|told| (told.0.attempt_id, told)))
        .into_iter()
        .map(|(attempt, (fact, told_at))| Mark {
            attempt,
            sitting: fact.sitting_id,
            score: Score { points: fact.score, points_max: fact.points_max },
            complete: fact.complete,
            marked_at: *told_at,
        })
        .collect();
    store::attempts::set_marks(tx, &marks).await
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

async fn note(tx: &mut Tx, sittings: impl Iterator<Item = SittingId>) -> Result<()> {
    for sitting in sittings.collect::<BTreeSet<_>>() {
        store::sittings::note(tx, sitting).await?;
    }
    Ok(())
}

/// What was said last of each attempt, in the order of their ids: no row is changed twice, and two processes can't wait
/// for each other.
fn last_of_each<F>(facts: impl Iterator<Item = (AttemptId, F)>) -> BTreeMap<AttemptId, F> {
    facts.collect()
}
