//! The outages of a sitting, as staff see them.

use authz::{Action, Actor, SittingId};
use exam_api::OutageId;
use foundation::{Instant, Problem};
use serde::Serialize;
use utoipa::ToSchema;

use super::load::load;
use crate::{
    ExamService,
    domain::outages::OutageDecision,
    store::{self, outages::OutageRow},
};

/// A time in which no answer could be taken in.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Outage {
    /// Its id.
    pub id: OutageId,
    /// When answers were last taken in.
    pub from: Instant,
    /// When they were again.
    pub until: Instant,
    /// How long it was, in seconds.
    pub seconds: i64,
    /// What the sitting did about it; null while that isn't done.
    pub decision: Option<OutageDecision>,
    /// How many attempts got more time.
    pub attempts: i64,
    /// When it was noted.
    pub noted_at: Instant,
}

impl From<OutageRow> for Outage {
    fn from(row: OutageRow) -> Self {
        Self {
            id: row.id,
            from: row.gap.from,
            until: row.gap.until,
            seconds: row.gap.span().as_seconds(),
            decision: row.decision,
            attempts: row.attempts,
            noted_at: row.noted_at,
        }
    }
}

/// The outages of the sitting so far, the newest first.
///
/// # Errors
/// 404 when it isn't there or lies elsewhere.
pub async fn list_outages(
    service: &ExamService,
    actor: &Actor,
    id: SittingId,
) -> Result<Vec<Outage>, Problem> {
    let mut conn = service.db.read().await?;
    load(&mut conn, actor, Action::ReadSittings, id).await?;
    Ok(store::outages::of_sitting(&mut conn, id).await?.into_iter().map(Outage::from).collect())
}
