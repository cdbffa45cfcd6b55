//! Whether a sitting's violations are the actor's business.

use authz::{Action, Actor, SittingId, authorize};
use db::Conn;
use foundation::Problem;

use crate::store;

/// Lets `actor` do `action` on what is kept of a sitting.
///
/// # Errors
/// 401 or 403 for who may do it nowhere; 404 for a sitting that isn't known, or lies in none of the actor's units.
pub(super) async fn authorize_sitting(
    conn: &mut Conn,
    actor: &Actor,
    action: Action,
    sitting: SittingId,
) -> Result<(), Problem> {
    let unit = store::sittings::unit(conn, sitting).await?;
    match unit {
        Some(unit) if authorize(actor, action, &unit).is_ok() => Ok(()),
        _ => Err(no_such_sitting()),
    }
}

/// Turns away who may do `action` nowhere at all.
///
/// # Errors
/// 401 for nobody, 403 for somebody without the role.
pub(super) fn authorize_somewhere(actor: &Actor, action: Action) -> Result<(), Problem> {
    match actor {
        Actor::Anonymous => Err(Problem::unauthenticated("auth.sign_in_needed", "Sign in first.")),
        _ if actor.may_somewhere(action) => Ok(()),
        _ => Err(Problem::forbidden()),
    }
}

fn no_such_sitting() -> Problem {
    Problem::not_found(
        "proctoring.sitting_not_found",
        "There is no such sitting, or nothing was reported in it yet.",
    )
}
