//! A marker sees where responses wait.

use authz::{Action, Actor, SittingId};
use foundation::Problem;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    ExamService,
    store::{self, marking::SittingToMark},
};

/// Sittings that are named, at most.
const SITTINGS_MAX: i64 = 100;

/// A sitting of which responses wait for a marker.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct WaitingSitting {
    /// The sitting.
    pub sitting_id: SittingId,
    /// Its title.
    pub title: String,
    /// Responses that wait.
    pub waiting: i64,
}

/// The sittings of the actor's units of which responses wait for a marker, those that ended first in front; at most
/// 100.
///
/// # Errors
/// When the database can't be read.
pub async fn list_to_mark(service: &ExamService, actor: &Actor) -> Result<Vec<WaitingSitting>, Problem> {
    let mut conn = service.db.read().await?;
    let sittings = store::marking::sittings(&mut conn, &actor.units(Action::Mark), SITTINGS_MAX).await?;
    Ok(sittings
        .into_iter()
        .map(|SittingToMark { sitting_id, title, waiting }| WaitingSitting { sitting_id, title, waiting })
        .collect())
}
