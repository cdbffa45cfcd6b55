//! Candidates who are expected in two places at once.

use authz::{AccountId, Action, Actor, SittingId, authorize};
use foundation::{Instant, Problem};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::store::rosters::ClashRow;

/// A candidate who is expected at another sitting at the same time.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Clash {
    /// Who.
    pub candidate_id: AccountId,
    /// Their number.
    pub candidate_number: String,
    /// Their name.
    pub candidate_name: String,
    /// The other sitting; null when it lies in a unit that isn't yours.
    pub sitting_id: Option<SittingId>,
    /// Its title; null when it lies in a unit that isn't yours.
    pub title: Option<String>,
    /// When it opens.
    pub opens_at: Instant,
    /// When its window ends.
    pub window_ends_at: Instant,
}

/// The clash, without what `actor` may not see.
pub(super) fn shown_to(actor: &Actor, row: ClashRow) -> Clash {
    let sees = authorize(actor, Action::ReadSittings, &row.unit).is_ok();
    Clash {
        candidate_id: row.candidate,
        candidate_number: row.number,
        candidate_name: row.name,
        sitting_id: sees.then_some(row.sitting),
        title: sees.then_some(row.title),
        opens_at: row.opens_at,
        window_ends_at: row.window_ends_at,
    }
}

/// Refuses what would put candidates in two places at once.
pub(super) fn refused(clashes: &[Clash]) -> Problem {
    Problem::conflict(
        "exam.sitting_clash",
        "Candidates are expected at another sitting at the same time. Change the times, or allow the clash.",
    )
    .facts(json!({ "clashes": clashes }))
}
