//! The violations of attempts, counted.

use std::collections::BTreeMap;

use authz::AttemptId;
use db::Conn;
use foundation::Problem;
use proctoring_api::{AttemptViolations, Judgement, KindCount, ViolationKind};

use crate::store::{self, attempts::AttemptRow, counts::Tally};

/// Counts the violations of these attempts, in the attempts' order.
pub(super) async fn count(
    conn: &mut Conn,
    attempts: &[AttemptRow],
) -> Result<Vec<AttemptViolations>, Problem> {
    let ids: Vec<AttemptId> = attempts.iter().map(|attempt| attempt.id).collect();
    let mut tallies: BTreeMap<AttemptId, Vec<Tally>> = BTreeMap::new();
    for tally in store::counts::of_attempts(conn, &ids).await? {
        tallies.entry(tally.attempt).or_default().push(tally);
    }
    Ok(attempts
        .iter()
        .map(|attempt| sum(attempt, tallies.get(&attempt.id).map_or(&[], Vec::as_slice)))
        .collect())
}

fn sum(attempt: &AttemptRow, tallies: &[Tally]) -> AttemptViolations {
    let judged = |judgement: Option<Judgement>| -> i64 {
        tallies.iter().filter(|tally| tally.judgement == judgement).map(|tally| tally.count).sum()
    };
    let mut kinds: BTreeMap<ViolationKind, i64> = BTreeMap::new();
    for tally in tallies {
        *kinds.entry(tally.kind).or_default() += tally.count;
    }
    AttemptViolations {
        attempt_id: attempt.id,
        candidate_id: attempt.candidate_id,
        recorded: tallies.iter().map(|tally| tally.count).sum(),
        waiting: judged(None),
        confirmed: judged(Some(Judgement::Confirmed)),
        dismissed: judged(Some(Judgement::Dismissed)),
        left_out: attempt.left_out,
        last_recorded_at: tallies.iter().map(|tally| tally.last_recorded_at).max(),
        kinds: kinds.into_iter().map(|(kind, count)| KindCount { kind, count }).collect(),
    }
}
