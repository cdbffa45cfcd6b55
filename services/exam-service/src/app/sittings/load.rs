//! Finds a sitting, or an attempt in it, for somebody who may reach it.

use authz::{Action, Actor, AttemptId, SittingId};
use db::Conn;
use foundation::Problem;

use crate::{
    app::units::reach,
    store::{self, attempts::AttemptRow, sittings::SittingRow},
};

pub(crate) fn no_such_sitting() -> Problem {
    Problem::not_found(
        "exam.sitting_not_found",
        "There is no such sitting. It may lie in a unit that isn't yours.",
    )
}

/// The sitting, for `action`.
///
/// # Errors
/// 404 when it isn't there or out of sight; 403 when it may be seen and no more.
pub(crate) async fn load(
    conn: &mut Conn,
    actor: &Actor,
    action: Action,
    id: SittingId,
) -> Result<SittingRow, Problem> {
    let sitting = store::sittings::find(conn, id).await?.ok_or_else(no_such_sitting)?;
    reach(actor, Action::ReadSittings, action, &sitting.unit, no_such_sitting)?;
    Ok(sitting)
}

/// An attempt of the sitting.
///
/// # Errors
/// 404 when it isn't one of this sitting.
pub(crate) async fn load_attempt(
    conn: &mut Conn,
    sitting: SittingId,
    id: AttemptId,
) -> Result<AttemptRow, Problem> {
    store::attempts::find(conn, id)
        .await?
        .filter(|attempt| attempt.sitting_id == sitting)
        .ok_or_else(|| Problem::not_found("exam.attempt_not_found", "The sitting has no such attempt."))
}

pub(crate) fn version_conflict(version: i64) -> Problem {
    Problem::conflict(
        "exam.version_conflict",
        "Somebody else changed this sitting meanwhile. Load it again, then make your change.",
    )
    .facts(serde_json::json!({ "version": version }))
}

pub(crate) fn cancelled() -> Problem {
    Problem::conflict(
        "exam.sitting_cancelled",
        "This sitting was called off: nothing of it can change any more.",
    )
}
