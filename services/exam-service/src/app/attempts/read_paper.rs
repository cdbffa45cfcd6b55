//! A candidate reads their paper, once they have started.

use authz::{Actor, AttemptId};
use db::{Conn, Error};
use foundation::Problem;

use super::{
    load::{Loaded, load, own},
    start_attempt::paused,
};
use crate::{
    ExamService,
    domain::{
        attempt::AttemptState,
        paper::{CandidatePaper, candidate_paper},
    },
    store,
};

/// The paper in the candidate's order.
///
/// # Errors
/// 404 for somebody else's attempt; 409 before the start, and while the clock stands.
pub async fn read_paper(
    service: &ExamService,
    actor: &Actor,
    id: AttemptId,
) -> Result<CandidatePaper, Problem> {
    own(actor, id)?;
    let mut conn = service.db.read().await?;
    let loaded = load(&mut conn, id).await?;
    if loaded.attempt.started_at.is_none() {
        return Err(Problem::conflict("exam.not_started", "Start the exam first."));
    }
    if loaded.attempt.state == AttemptState::Paused {
        return Err(paused());
    }
    paper_of(service, &mut conn, &loaded).await
}

pub(super) async fn paper_of(
    service: &ExamService,
    conn: &mut Conn,
    loaded: &Loaded,
) -> Result<CandidatePaper, Problem> {
    let id = loaded.attempt.id;
    let paper = service.papers.paper(conn, loaded.attempt.paper_id).await?;
    let arrangement = store::attempts::arrangement(conn, id)
        .await?
        .ok_or_else(|| Error::corrupt("exam.attempts", "arrangement", id, "no such attempt"))?;
    let rendered = service.papers.rendered(loaded.attempt.paper_id, &paper);
    Ok(candidate_paper(id, &paper, &rendered, &arrangement))
}
