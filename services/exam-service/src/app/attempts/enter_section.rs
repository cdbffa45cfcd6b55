//! A candidate enters a section that has a time limit of its own.

use authz::{Actor, AttemptId};
use foundation::Problem;

use super::{
    load::{AttemptView, load, no_such_attempt, own, view},
    start_attempt::lease_stale,
};
use crate::{
    ExamService,
    app::writer::{Command, Outcome},
};

/// Notes that the section is entered: from then on its time runs. Idempotent; does nothing for a section without a
/// limit of its own. Who never says so enters with the first answer in it.
///
/// # Errors
/// 404 for somebody else's attempt and for a section that the paper doesn't have; 409 before the start, and with a
/// lease that was taken over.
pub async fn enter_section(
    service: &ExamService,
    actor: &Actor,
    id: AttemptId,
    section: u32,
    lease_no: i64,
) -> Result<AttemptView, Problem> {
    own(actor, id)?;
    let now = service.clock.now();
    let mut conn = service.db.read().await?;
    let attempt = load(&mut conn, id).await?.attempt;
    if attempt.started_at.is_none() {
        return Err(Problem::conflict("exam.not_started", "Start the exam first."));
    }
    if lease_no != attempt.lease_no {
        return Err(lease_stale(attempt.lease_no));
    }
    let paper = service.papers.paper(&mut conn, attempt.paper_id).await?;
    let limit = paper.section_limit(section).ok_or_else(|| {
        Problem::not_found("exam.section_not_found", "This exam has no such section. Load the page again.")
    })?;
    drop(conn);
    if limit.is_some() {
        let command = Command::EnterSection { attempt: id, lease_no, section, at: now };
        let Outcome::Entered = service.writer.run(command).await? else { return Err(no_such_attempt()) };
    }
    let mut conn = service.db.read().await?;
    let loaded = load(&mut conn, id).await?;
    drop(conn);
    view(service, &loaded, now).await
}
