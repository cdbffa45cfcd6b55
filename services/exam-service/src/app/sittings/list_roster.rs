//! Staff look at a roster.

use authz::{AccountId, Action, Actor, AttemptId, SittingId};
use foundation::{Page, PageQuery, Problem};
use serde::Serialize;
use utoipa::ToSchema;

use super::load::load;
use crate::{
    ExamService,
    domain::attempt::{AttemptState, RosterStatus},
    store::{
        self,
        attempts::{
            AttemptRow,
            live::{Cursor, LiveFilter},
        },
    },
};

/// A candidate's place on a roster.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RosterEntry {
    /// Their attempt.
    pub attempt_id: AttemptId,
    /// Who.
    pub candidate_id: AccountId,
    /// Their number.
    pub candidate_number: String,
    /// Their name.
    pub candidate_name: String,
    /// Where they sit; empty where nobody has said so.
    pub room: String,
    /// What an officer says of their place.
    pub roster_status: RosterStatus,
    /// Where their attempt stands.
    pub state: AttemptState,
    /// The form that they get.
    pub form_no: i64,
    /// Extra time by accommodation, percent of the duration.
    pub extra_percent: u32,
    /// Extra time by accommodation, minutes.
    pub extra_minutes: i64,
    /// Extra time given to them or to all, seconds.
    pub credit_seconds: i64,
}

impl From<AttemptRow> for RosterEntry {
    fn from(row: AttemptRow) -> Self {
        Self {
            attempt_id: row.id,
            candidate_id: row.candidate_id,
            candidate_number: row.candidate_number,
            candidate_name: row.candidate_name,
            room: row.room,
            roster_status: row.roster_status,
            state: row.state,
            form_no: row.form_no,
            extra_percent: row.extra.percent,
            extra_minutes: row.extra.fixed.as_seconds() / 60,
            credit_seconds: row.extra.credit.as_seconds(),
        }
    }
}

/// A page of the sitting's roster, by number; of those whose number or name holds `search`, if it is given.
///
/// # Errors
/// 404 when the sitting isn't there or lies elsewhere.
pub async fn list_roster(
    service: &ExamService,
    actor: &Actor,
    id: SittingId,
    search: Option<String>,
    page: &PageQuery,
) -> Result<Page<RosterEntry>, Problem> {
    let now = service.clock.now();
    let mut conn = service.db.read().await?;
    load(&mut conn, actor, Action::ReadSittings, id).await?;
    let filter = LiveFilter { search, ..LiveFilter::default() };
    let rows = store::attempts::live::list(&mut conn, id, &filter, now, page).await?;
    let items = rows.into_iter().map(RosterEntry::from).collect();
    Ok(Page::cut(items, page.limit(), |entry: &RosterEntry| {
        Cursor { id: entry.attempt_id, number: entry.candidate_number.clone() }.to_string()
    }))
}
