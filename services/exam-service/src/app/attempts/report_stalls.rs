//! A player says when it reached no server.

use authz::{Actor, AttemptId};
use foundation::{FieldProblem, Problem};

use super::load::{no_such_attempt, own};
use crate::{
    ExamService,
    app::writer::{Command, Outcome},
    domain::stall::Stall,
};

/// Stalls in one report, at most.
pub const STALLS_A_REPORT_MAX: usize = 20;

/// Keeps what the candidate's player says of times in which it reached no server. Evidence for who decides about more
/// time: nothing follows from it by itself. What lies ahead of the server's clock is cut off, what is shorter than 5 s is
/// dropped, and what is said again is known. Idempotent.
///
/// # Errors
/// 404 for somebody else's attempt; 422 for none or too many stalls; 503 when it can't be written.
pub async fn report_stalls(
    service: &ExamService,
    actor: &Actor,
    id: AttemptId,
    lease_no: i64,
    stalls: Vec<Stall>,
) -> Result<(), Problem> {
    own(actor, id)?;
    if stalls.is_empty() || stalls.len() > STALLS_A_REPORT_MAX {
        let message = format!("Report 1 to {STALLS_A_REPORT_MAX} stalls at a time.");
        let errors = vec![FieldProblem::at("stalls", "count", message)];
        return Err(Problem::invalid(
            "exam.stalls_invalid",
            "The report can't be taken; see `errors`.",
            errors,
        ));
    }
    let at = service.clock.now();
    let stalls: Vec<Stall> = stalls.into_iter().filter_map(|stall| stall.until_now(at)).collect();
    if stalls.is_empty() {
        return Ok(());
    }
    match service.writer.run(Command::ReportStalls { attempt: id, lease_no, at, stalls }).await? {
        Outcome::NoSuchAttempt => Err(no_such_attempt()),
        _ => Ok(()),
    }
}
