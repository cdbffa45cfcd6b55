//! What exam-service tells of sittings and attempts. Facts come in any order: each one is kept for what it says.

use std::collections::{BTreeMap, BTreeSet};

use authz::AttemptId;
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

/// Attempts began.
///
/// # Errors
/// When the database refuses.
pub async fn attempts_started(tx: &mut Tx, facts: &[(AttemptStarted, Instant)]) -> db::Result<()> {
    // The last of each, in the order of their ids: no row is changed twice, and two processes can't wait for each other.
    let started: BTreeMap<AttemptId, (Whose, Instant)> = facts
        .iter()
        .map(|(fact, _)| {
            let whose =
                Whose { attempt: fact.attempt_id, sitting: fact.sitting_id, candidate: fact.candidate_id };
            (fact.attempt_id, (whose, fact.started_at))
        })
        .collect();
    let started: Vec<(Whose, Instant)> = started.into_values().collect();
    note(tx, &started).await?;
    store::attempts::set_started(tx, &started).await
}

/// Attempts are over: nothing that happens afterwards is recorded.
///
/// # Errors
/// When the database refuses.
pub async fn attempts_submitted(tx: &mut Tx, facts: &[(AttemptSubmitted, Instant)]) -> db::Result<()> {
    let ended: BTreeMap<AttemptId, (Whose, Instant)> = facts
        .iter()
        .map(|(fact, _)| {
            let whose =
                Whose { attempt: fact.attempt_id, sitting: fact.sitting_id, candidate: fact.candidate_id };
            (fact.attempt_id, (whose, fact.ended_at))
        })
        .collect();
    let ended: Vec<(Whose, Instant)> = ended.into_values().collect();
    note(tx, &ended).await?;
    store::attempts::set_ended(tx, &ended).await
}

async fn note(tx: &mut Tx, attempts: &[(Whose, Instant)]) -> db::Result<()> {
    for sitting in attempts.iter().map(|(whose, _)| whose.sitting).collect::<BTreeSet<_>>() {
        store::sittings::note(tx, sitting).await?;
    }
    Ok(())
}
