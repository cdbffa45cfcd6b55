//! Staff see how the scores of a sitting are distributed.

use analytics_api::SittingStatistics;
use authz::{Action, Actor, SittingId, authorize};
use foundation::Problem;

use crate::{AnalyticsService, domain::distribution::distribution, store};

/// A sitting and the distribution of its scores.
///
/// # Errors
/// 403 without the role; 404 for a sitting that isn't known, or lies in none of the actor's units.
pub async fn read_statistics(
    service: &AnalyticsService,
    actor: &Actor,
    id: SittingId,
) -> Result<SittingStatistics, Problem> {
    authorize_somewhere(actor)?;
    let mut conn = service.db.read_stale().await?;
    let sitting = store::sittings::find(&mut conn, id)
        .await?
        .filter(|sitting| authorize(actor, Action::ReadStatistics, &sitting.unit).is_ok())
        .ok_or_else(no_such_sitting)?;
    let scores = store::attempts::scores(&mut conn, id).await?;
    Ok(SittingStatistics { sitting, distribution: distribution(&scores) })
}

/// Turns away who may read statistics nowhere at all.
///
/// # Errors
/// 401 for nobody, 403 for somebody without the role.
pub(super) fn authorize_somewhere(actor: &Actor) -> Result<(), Problem> {
    match actor {
        Actor::Anonymous => Err(Problem::unauthenticated("auth.sign_in_needed", "Sign in first.")),
        _ if actor.may_somewhere(Action::ReadStatistics) => Ok(()),
        _ => Err(Problem::forbidden()),
    }
}

fn no_such_sitting() -> Problem {
    Problem::not_found(
        "analytics.sitting_not_found",
        "There is no such sitting, or nothing is known of it yet.",
    )
}
