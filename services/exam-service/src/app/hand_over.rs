//! Tells auth-service of attempts, so that their candidates can check in.

use std::collections::BTreeMap;

use auth_api::{Admission, SittingAdmissions};
use authz::{Actor, SittingId};
use foundation::{Problem, Text};

use crate::{
    ExamService,
    domain::{attempt::RosterStatus, time::last_possible_close},
    store::{self, attempts::AttemptRow},
};

/// Attempts handed over in one round.
pub const ROUND_ATTEMPTS_MAX: i64 = 1_000;

/// Hands attempts over that auth-service doesn't know, or whose times changed; answers how many. Idempotent: what fails
/// is tried again in the next round.
///
/// # Errors
/// When a database or auth-service can't take it.
pub async fn hand_over(service: &ExamService) -> Result<usize, Problem> {
    round(service, None).await
}

/// Hands over what waits of one sitting, a round at most, without making whoever asked fail: the job takes the rest, and
/// tries again what doesn't go through.
pub(crate) async fn hand_over_at_once(service: &ExamService, sitting: SittingId) {
    if let Err(problem) = round(service, Some(sitting)).await {
        tracing::warn!(%problem, "attempts could not be handed over; trying again");
    }
}

async fn round(service: &ExamService, sitting: Option<SittingId>) -> Result<usize, Problem> {
    let mut conn = service.db.read().await?;
    let waiting = store::attempts::to_hand_over(&mut conn, sitting, ROUND_ATTEMPTS_MAX).await?;
    drop(conn);
    let count = waiting.len();
    let mut by_sitting: BTreeMap<SittingId, Vec<AttemptRow>> = BTreeMap::new();
    for attempt in waiting {
        by_sitting.entry(attempt.sitting_id).or_default().push(attempt);
    }
    for (id, attempts) in by_sitting {
        hand_over_sitting(service, id, &attempts).await?;
    }
    Ok(count)
}

async fn hand_over_sitting(
    service: &ExamService,
    id: SittingId,
    attempts: &[AttemptRow],
) -> Result<(), Problem> {
    let mut conn = service.db.read().await?;
    let sitting = store::sittings::find(&mut conn, id)
        .await?
        .ok_or_else(|| Problem::internal(format!("attempts of sitting {id}, which isn't there")))?;
    drop(conn);
    let actor = Actor::System("exam-service");
    let title =
        Text::new(&sitting.title).map_err(|error| Problem::internal(format!("title of {id}: {error}")))?;
    let head = SittingAdmissions { sitting: id, title, unit: sitting.unit.clone() };
    let (admitted, revoked): (Vec<&AttemptRow>, Vec<&AttemptRow>) = attempts.iter().partition(|attempt| {
        attempt.roster_status == RosterStatus::Expected && sitting.cancelled_at.is_none()
    });
    let admissions = admitted
        .iter()
        .map(|attempt| Admission {
            candidate: attempt.candidate_id,
            attempt: attempt.id,
            opens_at: sitting.times.opens_at,
            // Its own pauses may have moved an attempt's end beyond what the sitting's times allow.
            closes_at: last_possible_close(&sitting.times.of(attempt.id), attempt.extra)
                .max(attempt.closes_at.unwrap_or(sitting.times.opens_at)),
        })
        .collect();
    if !admitted.is_empty() {
        service.auth.register_admissions(&actor, &head, admissions).await?;
    }
    if !revoked.is_empty() {
        let ids: Vec<_> = revoked.iter().map(|attempt| attempt.id).collect();
        service.auth.revoke_admissions(&actor, id, &ids).await?;
    }
    let mut tx = service.db.begin().await?;
    for attempt in attempts {
        // One that has changed meanwhile goes again in the next round.
        store::attempts::set_handed_over(&mut tx, attempt.id, attempt.version).await?;
    }
    tx.commit().await?;
    Ok(())
}
