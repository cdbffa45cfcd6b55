//! A candidate starts.

use authz::{Actor, AttemptId};
use foundation::Problem;
use serde_json::json;

use super::{
    load::{AttemptView, load, no_such_attempt, own, view},
    open_attempt::may_sit,
    read_paper::paper_of,
};
use crate::{
    ExamService,
    app::writer::{Command, Outcome, Started},
    domain::{
        attempt::AttemptState,
        paper::CandidatePaper,
        time::{NotNow, ends, may_start},
    },
    store,
};

/// Looks again this often when the row moves under us: an officer gives extra time at that very moment.
const TRIES_MAX: usize = 5;

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
) -> Result<(AttemptView, CandidatePaper), Problem> {
    own(actor, id)?;
    let now = service.clock.now();
    for _ in 0..TRIES_MAX {
        let mut conn = service.db.read().await?;
        let loaded = load(&mut conn, id).await?;
        may_sit(&loaded)?;
        if lease_no != loaded.attempt.lease_no {
            return Err(lease_stale(loaded.attempt.lease_no));
        }
        if loaded.attempt.state == AttemptState::Paused {
            return Err(paused());
        }
        if loaded.attempt.started_at.is_some() {
            let paper = paper_of(service, &mut conn, &loaded).await?;
            return Ok((view(service, &mut conn, &loaded, now).await?, paper));
        }
        let pauses = store::pauses::of_attempt(&mut conn, loaded.sitting.id, id).await?;
        drop(conn);
        if !matches!(loaded.attempt.state, AttemptState::Scheduled | AttemptState::Ready) {
            return Err(Problem::conflict("exam.attempt_over", "This attempt is over."));
        }
        if loaded.sitting.paused_at.is_some() {
            return Err(Problem::conflict(
                "exam.sitting_paused",
                "The exam is paused for everybody. You can start when it goes on, and lose no time.",
            ));
        }
        let times = loaded.sitting.times.of(id);
        may_start(&times, now).map_err(not_now)?;
        let ends = ends(&times, loaded.attempt.extra, &pauses, now);
        let start = Command::Start { attempt: id, version: loaded.attempt.version, at: now, ends };
        match service.writer.run(start).await? {
            Outcome::Started(Started::Now | Started::Moved) => {}
            _ => return Err(no_such_attempt()),
        }
    }
    Err(Problem::unavailable("exam.start_contended", "The start didn't go through. Press start again.", 1))
}

fn not_now(not_now: NotNow) -> Problem {
    match not_now {
        NotNow::NotOpenYet { opens_at } => {
            Problem::conflict("exam.not_open_yet", "The sitting hasn't opened yet. Wait for the countdown.")
                .facts(json!({ "opens_at": opens_at, "retry_at": opens_at }))
        }
        NotNow::EntryClosed { entry_closes_at } => {
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
