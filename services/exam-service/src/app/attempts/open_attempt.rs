//! A device asks for the lease.

use authz::{Actor, AttemptId};
use foundation::Problem;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::load::{AttemptView, no_such_attempt, own, view};
use crate::{
    ExamService,
    app::writer::{Command, Outcome},
    domain::{delivery::CannotSit, sealed::SealedFile},
};

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
/// attempt ready.
///
/// # Errors
/// 404 for somebody else's attempt; 409 when the candidate doesn't sit, or the sitting was called off.
pub async fn open_attempt(
    service: &ExamService,
    actor: &Actor,
    id: AttemptId,
    device: Uuid,
) -> Result<Opened, Problem> {
    own(actor, id)?;
    let now = service.clock.now();
    let Outcome::Opened(opened) = service.writer.run(Command::Open { attempt: id, device, at: now }).await?
    else {
        return Err(no_such_attempt());
    };
    let loaded = opened.map_err(cannot_sit)?;
    let sealed = service.sealed.get(&service.db, loaded.attempt.paper_id).await?;
    Ok(Opened {
        lease_no: loaded.attempt.lease_no,
        attempt: view(service, &loaded, now).await?,
        sealed: sealed.map(|sealed| ToFetch { paper: sealed.file.clone(), media: sealed.media.clone() }),
    })
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
