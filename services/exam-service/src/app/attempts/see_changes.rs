//! A player says what it shows.

use authz::{Actor, AttemptId};
use events::Signal;
use foundation::Problem;

use super::load::{no_such_attempt, own};
use crate::{ExamService, app::writer::Command, store};

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
    let mut conn = service.db.read().await?;
    let so_far = store::attempts::shown_so_far(&mut conn, id).await?.ok_or_else(no_such_attempt)?;
    drop(conn);
    // A player says so once for each change: that it says it again changes nothing, and is nothing to write.
    if so_far.lease_no != lease_no || so_far.seen_version >= version {
        return Ok(());
    }
    service.writer.run(Command::Seen { attempt: id, lease_no, version, at }).await?;
    service.signals.send(Signal::Sitting { sitting: so_far.sitting_id.uuid() });
    Ok(())
}
