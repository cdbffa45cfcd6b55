//! Whose inbox it is.

use authz::{AccountId, Actor};
use foundation::Problem;

/// The actor's own account: everybody has an inbox, and nobody another one's.
///
/// # Errors
/// 401 for whoever isn't signed in; an exam ticket opens an attempt and no inbox.
pub(super) fn own(actor: &Actor) -> Result<AccountId, Problem> {
    match actor {
        Actor::Account(actor) => Ok(actor.account),
        _ => Err(Problem::unauthenticated("auth.sign_in_needed", "Sign in first.")),
    }
}
