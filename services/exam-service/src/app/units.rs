//! Where a thing lies, and whether somebody reaches it.

use authz::{Action, Actor, UnitId, UnitPath, authorize};
use foundation::{FieldProblem, Problem};

use crate::ExamService;

/// The path of a unit that somebody named; none is the whole institution.
///
/// # Errors
/// 422 naming `unit_id` when there is no such unit.
pub(crate) async fn unit_path(service: &ExamService, unit: Option<UnitId>) -> Result<UnitPath, Problem> {
    let Some(id) = unit else { return Ok(UnitPath::institution()) };
    match service.auth.unit(id).await? {
        Some(unit) => Ok(unit.path),
        None => Err(Problem::invalid(
            "exam.unit_unknown",
            "There is no such unit. Choose one from the list.",
            vec![FieldProblem::at("unit_id", "unknown", "There is no such unit.")],
        )),
    }
}

/// Lets `actor` do `action` on a thing of `unit` that they may see by `seeing`. Who may not even see it is told what
/// `missing` says: that it isn't there.
pub(crate) fn reach(
    actor: &Actor,
    seeing: Action,
    action: Action,
    unit: &UnitPath,
    missing: fn() -> Problem,
) -> Result<(), Problem> {
    match authorize(actor, action, unit) {
        Ok(()) => Ok(()),
        Err(refused) if authorize(actor, seeing, unit).is_ok() => Err(refused),
        Err(refused) => Err(missing().log(refused)),
    }
}
