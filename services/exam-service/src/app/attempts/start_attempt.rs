//! A candidate starts.

use authz::{Actor, AttemptId};
use db::Error;
use foundation::Problem;
use serde::Serialize;
use serde_json::{json, value::RawValue};
use utoipa::ToSchema;

use super::{
    load::{AttemptView, no_such_attempt, own, view},
    open_attempt::cannot_sit,
};
use crate::{
    ExamService,
    app::writer::{Command, Outcome, StartedAttempt},
    domain::{
        arrangement::Arrangement,
        delivery::NotStarted,
        sealed::{ContentKey, SealedFile},
        time::NotNow,
    },
};

/// What makes the candidate's paper out of the sealed one.
#[derive(Debug, Serialize, ToSchema)]
pub struct Unsealing {
    /// The sealed paper; null of one that was published before papers were sealed.
    pub paper: Option<SealedFile>,
    /// What opens it.
    pub key: Option<ContentKey>,
    /// The candidate's order of questions and options.
    #[schema(value_type = Arrangement)]
    pub arrangement: Box<RawValue>,
}

/// Starts the attempt, or answers as the first time when it was started before.
///
/// # Errors
/// 404 for somebody else's attempt; 409 before opening, after entry has closed, while the clock stands,
/// or with a lease that was taken over.
pub async fn start_attempt(
    service: &ExamService,
    actor: &Actor,
    id: AttemptId,
    lease_no: i64,
) -> Result<(AttemptView, Unsealing), Problem> {
    own(actor, id)?;
    let now = service.clock.now();
    let Outcome::Started(started) =
        service.writer.run(Command::Start { attempt: id, lease_no, at: now }).await?
    else {
        return Err(no_such_attempt());
    };
    let StartedAttempt { loaded, arrangement } = *started.map_err(not_started)?;
    let arrangement = RawValue::from_string(String::from(&*arrangement))
        .map_err(|error| Error::corrupt("exam.attempts", "arrangement", id, error))?;
    let sealed = service.sealed.get(&service.db, loaded.attempt.paper_id).await?;
    let unsealing = Unsealing {
        paper: sealed.as_ref().map(|sealed| sealed.file.clone()),
        key: sealed.map(|sealed| sealed.key),
        arrangement,
    };
    Ok((view(service, &loaded, now).await?, unsealing))
}

fn not_started(why: NotStarted) -> Problem {
    match why {
        NotStarted::CannotSit(why) => cannot_sit(why),
        NotStarted::LeaseStale(lease_no) => lease_stale(lease_no),
        NotStarted::Paused => paused(),
        NotStarted::SittingPaused => Problem::conflict(
            "exam.sitting_paused",
            "The exam is paused for everybody. You can start when it goes on, and lose no time.",
        ),
        NotStarted::Over => Problem::conflict("exam.attempt_over", "This attempt is over."),
        NotStarted::NotNow(NotNow::NotOpenYet { opens_at }) => {
            Problem::conflict("exam.not_open_yet", "The sitting hasn't opened yet. Wait for the countdown.")
                .facts(json!({ "opens_at": opens_at, "retry_at": opens_at }))
        }
        NotStarted::NotNow(NotNow::EntryClosed { entry_closes_at }) => {
            Problem::conflict("exam.entry_closed", "It is too late to start. Speak to an invigilator.")
                .facts(json!({ "entry_closes_at": entry_closes_at }))
        }
    }
}

pub(super) fn paused() -> Problem {
    Problem::conflict(
        "exam.paused",
        "The exam is paused and its clock stands. Nothing is lost; it goes on when an invigilator says so.",
    )
}

pub(super) fn lease_stale(lease_no: i64) -> Problem {
    Problem::conflict(
        "exam.lease_stale",
        "This attempt was opened on another device. What you wrote here is kept, but doesn't count.",
    )
    .facts(json!({ "lease_no": lease_no }))
}
