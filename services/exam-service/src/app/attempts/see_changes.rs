//! A player says what it shows.

use authz::{Actor, AttemptId};
use foundation::Problem;

use super::load::{no_such_attempt, own};
use crate::{
    ExamService,
    app::writer::{Command, Outcome},
};

/// Notes that the candidate's player shows the attempt as of `version`, so that those who watch over the sitting know
/// that a change has arrived. A lease that was taken over from says nothing any more. Idempotent.
///
/// # Errors
/// 404 for somebody else's attempt; 503 when it can't be written.
pub async fn see_changes(
    service: &ExamService,
    actor: &Actor,
    id: AttemptId,
    lease_no: i64,
    version: i64,
) -> Result<(), Problem> {
    own(actor, id)?;
    let at = service.clock.now();
    match service.writer.run(Command::Seen { attempt: id, lease_no, version, at }).await? {
        Outcome::Seen => Ok(()),
        _ => Err(no_such_attempt()),
    }
}
