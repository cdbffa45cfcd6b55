//! A candidate hands in.

use authz::{Actor, AttemptId};
use foundation::{Instant, Problem};
use receipts::{Proof, payload_hash};

use super::{
    load::{AttemptView, no_such_attempt, own, view},
    start_attempt::{lease_stale, paused},
};
use crate::{
    ExamService,
    app::{
        receipts::proof,
        writer::{Command, Outcome},
    },
    domain::{attempt::AttemptState, entry::act},
    store,
};

/// That the server took the hand-in, and what proves it.
#[derive(Clone, Debug)]
pub struct HandInReceipt {
    /// The lease that handed in.
    pub lease_no: i64,
    /// When its first request came.
    pub received_at: Instant,
    /// What proves it to others.
    pub proof: Proof,
}

/// Hands the attempt in. Idempotent; and nobody needs to press the button: what was saved in time *is* the submission,
/// and then there is no receipt of a hand-in.
///
/// # Errors
/// 404 for somebody else's attempt; 409 before the start, while the clock stands, or with a lease that was taken
/// over.
pub async fn submit_attempt(
    service: &ExamService,
    actor: &Actor,
    id: AttemptId,
    lease_no: i64,
) -> Result<(AttemptView, Option<HandInReceipt>), Problem> {
    own(actor, id)?;
    let now = service.clock.now();
    let Outcome::Submitted(loaded, held) =
        service.writer.run(Command::Submit { attempt: id, lease_no, at: now }).await?
    else {
        return Err(no_such_attempt());
    };
    let attempt = &loaded.attempt;
    match attempt.state {
        AttemptState::Submitted | AttemptState::Terminated | AttemptState::Absent => {}
        AttemptState::Scheduled | AttemptState::Ready => {
            return Err(Problem::conflict("exam.not_started", "Start the exam first."));
        }
        AttemptState::InProgress | AttemptState::Paused if attempt.gate().is_closed(now) => {}
        AttemptState::Paused if lease_no == attempt.lease_no => return Err(paused()),
        AttemptState::InProgress | AttemptState::Paused => return Err(lease_stale(attempt.lease_no)),
    }
    let held = match held {
        Some(held) => Some((lease_no, held)),
        None if attempt.submitted_at.is_some() => {
            // It was handed in before: rare, and not to make room for with every hand-in.
            Box::pin(async { store::journal::act(&mut service.db.read().await?, id, act::SUBMITTED).await })
                .await?
        }
        None => None,
    };
    let receipt = match held {
        None => None,
        Some((lease_no, held)) => Some(HandInReceipt {
            lease_no,
            received_at: held.taken_at,
            proof: proof(service, &held, payload_hash(&[])).await?,
        }),
    };
    Ok((view(service, &loaded, now).await?, receipt))
}
