//! A device asks for the lease.

use authz::{Actor, AttemptId};
use db::Db;
use events::Signal;
use foundation::Problem;
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::load::{AttemptView, Loaded, no_such_attempt, own, view};
use crate::{
    ExamService,
    app::writer::{Command, NotOpened, Outcome},
    domain::{
        delivery::CannotSit,
        sealed::SealedFile,
        takeover::{Asks, NotHere, Takeover},
    },
    store,
};

/// Looks again this often when the row moves under us.
const TRIES_MAX: usize = 5;

/// A lease, and what to fetch before the start.
#[derive(Debug)]
pub struct Opened {
    /// The lease.
    pub lease_no: i64,
    /// The attempt.
    pub attempt: AttemptView,
    /// What is fetched ahead; none of a paper that was published before papers were sealed.
    pub sealed: Option<ToFetch>,
}

/// What a device fetches before the start: each at `/api/v1/exams/sealed/{sha256}`.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ToFetch {
    /// The paper.
    pub paper: SealedFile,
    /// The pictures that it shows.
    pub media: Vec<SealedFile>,
}

/// Gives `device` the lease of the attempt: the one that it holds, or the next. The first call makes a scheduled
/// attempt ready. An attempt that runs on another device comes here only with `take_over`, and where the sitting says
/// so only when an invigilator has agreed: asking for it puts the question into the live list.
///
/// # Errors
/// 404 for somebody else's attempt; 409 when the candidate doesn't sit, or the sitting was called off; 409 when the
/// attempt runs on another device, saying since when, when that was last heard of, and who decides.
pub async fn open_attempt(
    service: &ExamService,
    actor: &Actor,
    id: AttemptId,
    device: Uuid,
    take_over: bool,
) -> Result<Opened, Problem> {
    own(actor, id)?;
    let now = service.clock.now();
    let asks = Asks { device, take_over, now };
    for _ in 0..TRIES_MAX {
        let Outcome::Opened(opened) = service.writer.run(Command::Open { attempt: id, asks }).await? else {
            return Err(no_such_attempt());
        };
        let (why, loaded) = match opened {
            Ok(loaded) => {
                if loaded.attempt.started_at.is_some() {
                    // The device that had it until now looks again, and stops.
                    let version = loaded.attempt.version;
                    service.signals.send(Signal::Attempt { attempt: id.uuid(), version });
                }
                let sealed = service.sealed.get(&service.db, loaded.attempt.paper_id).await?;
                return Ok(Opened {
                    lease_no: loaded.attempt.lease_no,
                    attempt: view(service, &loaded, now).await?,
                    sealed: sealed
                        .map(|sealed| ToFetch { paper: sealed.file.clone(), media: sealed.media.clone() }),
                });
            }
            Err(NotOpened::CannotSit(why)) => return Err(cannot_sit(why)),
            Err(NotOpened::NotHere(why, loaded)) => (why, loaded),
        };
        // The row may move while the question is put: then it is looked at again.
        if why != NotHere::NeedsConsent || Box::pin(ask(service, &loaded, asks)).await? {
            return Err(Box::pin(elsewhere(&service.db, &loaded, why)).await?);
        }
    }
    Err(Problem::unavailable("exam.open_contended", "The exam didn't open. Try again.", 1))
}

/// Puts the question whether the attempt may move before those who watch over the sitting, once for each device; false
/// when the row has moved.
async fn ask(service: &ExamService, loaded: &Loaded, asks: Asks) -> Result<bool, Problem> {
    let Loaded { attempt, sitting } = loaded;
    let question = &attempt.device_move;
    // A consent that was given to another device isn't taken away from it by a question of this one.
    if question.is_allowed(asks.now) || (question.device == Some(asks.device) && question.asked_at.is_some())
    {
        return Ok(true);
    }
    let mut tx = service.db.begin().await?;
    if !store::attempts::ask_to_move(&mut tx, attempt.id, attempt.version, asks.device, asks.now).await? {
        return Ok(false);
    }
    tx.commit().await?;
    service.signals.send(Signal::Attempt { attempt: attempt.id.uuid(), version: attempt.version + 1 });
    service.signals.send(Signal::Sitting { sitting: sitting.id.uuid() });
    Ok(true)
}

async fn elsewhere(db: &Db, loaded: &Loaded, why: NotHere) -> Result<Problem, Problem> {
    let Loaded { attempt, sitting } = loaded;
    let problem = match why {
        NotHere::Over => return Ok(Problem::conflict("exam.attempt_over", "This attempt is over.")),
        NotHere::Elsewhere => Problem::conflict(
            "exam.open_elsewhere",
            "This exam is open on another device. Say that it shall go on here; the other device then stops.",
        ),
        NotHere::NeedsConsent => Problem::conflict(
            "exam.move_needs_consent",
            "An invigilator has to allow that this exam goes on here. They have been asked.",
        ),
    };
    let heard = store::journal::heard_of(&mut db.read().await?, attempt.id, attempt.lease_no).await?;
    Ok(problem.facts(json!({
        "lease_no": attempt.lease_no,
        "since": heard.map(|(since, _)| since),
        "last_heard_at": heard.map(|(_, last)| last),
        "needs_consent": sitting.takeover == Takeover::Invigilator,
    })))
}

pub(super) fn cannot_sit(why: CannotSit) -> Problem {
    match why {
        CannotSit::Cancelled => {
            Problem::conflict("exam.sitting_cancelled", "This sitting was called off. Ask the exam office.")
        }
        CannotSit::Deferred => {
            Problem::conflict("exam.deferred", "You are to sit this exam another time. Ask the exam office.")
        }
        CannotSit::Withdrawn => {
            Problem::conflict("exam.withdrawn", "You were taken off this sitting. Ask the exam office.")
        }
    }
}
