//! An invigilator watches a sitting.

use std::sync::Arc;

use authz::{Action, Actor, SittingId};
use foundation::{Instant, Page, PageQuery, Problem};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    live::{LiveAttempt, live},
    load::load,
};
use crate::{
    ExamService,
    domain::attempt::{AttemptState, RosterStatus},
    store::{
        self,
        attempts::live::{Cursor, LiveFilter, StateCount},
    },
};

/// Rooms of a sitting that are named, at most.
pub const ROOMS_MAX: i64 = 500;

/// A page of a sitting's attempts, and how all of them stand.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LiveList {
    /// The attempts, by candidate number.
    pub items: Vec<LiveAttempt>,
    /// Pass as `after` to get the page behind this one; null on the last.
    pub next: Option<String>,
    /// How the whole sitting stands.
    pub counts: LiveCounts,
    /// The rooms of the sitting, by name.
    pub rooms: Vec<String>,
    /// Since when the clocks of the whole sitting stand; null while they run.
    pub paused_at: Option<Instant>,
    /// The server's clock.
    pub server_time: Instant,
}

/// How a sitting stands, by the clock. Deferred and withdrawn candidates count as that alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct LiveCounts {
    /// Candidates who are expected: the sum of the states.
    pub expected: i64,
    /// Not checked in.
    pub scheduled: i64,
    /// Checked in, not started.
    pub ready: i64,
    /// Working.
    pub in_progress: i64,
    /// With a stopped clock.
    pub paused: i64,
    /// Handed in, or closed by time.
    pub submitted: i64,
    /// Ended by an invigilator.
    pub terminated: i64,
    /// Never started.
    pub absent: i64,
    /// To sit another time.
    pub deferred: i64,
    /// Taken off.
    pub withdrawn: i64,
    /// Attempts with late entries that nobody has admitted.
    pub with_late_entries: i64,
    /// Attempts with entries that went back where there is no way back, and that nobody has admitted.
    pub with_passed_over_entries: i64,
}

/// How a whole sitting stands: the same for everybody who watches it.
#[derive(Debug)]
pub struct Overview {
    counts: LiveCounts,
    rooms: Vec<String>,
}

/// A page of the sitting's attempts.
///
/// # Errors
/// 404 when the sitting isn't there or lies elsewhere.
pub async fn list_attempts(
    service: &ExamService,
    actor: &Actor,
    id: SittingId,
    filter: &LiveFilter,
    page: &PageQuery,
) -> Result<LiveList, Problem> {
    let now = service.clock.now();
    let mut conn = service.db.read().await?;
    let sitting = load(&mut conn, actor, Action::Invigilate, id).await?;
    let rows = store::attempts::live::list(&mut conn, id, filter, now, page).await?;
    let items = live(service, &mut conn, &sitting, rows).await?;
    // Nobody waits for others with a connection in their hands.
    drop(conn);
    let overview = service.looks.look(id, async || overview(service, id).await).await?;
    let Page { items, next } = Page::cut(items, page.limit(), |attempt: &LiveAttempt| {
        Cursor { id: attempt.attempt_id, number: attempt.candidate_number.clone() }.to_string()
    });
    Ok(LiveList {
        items,
        next,
        counts: overview.counts,
        rooms: overview.rooms.clone(),
        paused_at: sitting.paused_at,
        server_time: now,
    })
}

async fn overview(service: &ExamService, sitting: SittingId) -> Result<Arc<Overview>, Problem> {
    let mut conn = service.db.read().await?;
    let states = store::attempts::live::counts(&mut conn, sitting, service.clock.now()).await?;
    let with_late_entries = store::attempts::live::with_late_entries(&mut conn, sitting).await?;
    let rooms = store::attempts::live::rooms(&mut conn, sitting, ROOMS_MAX).await?;
    Ok(Arc::new(Overview { counts: count(&states, with_late_entries), rooms }))
}

fn count(states: &[StateCount], with_late_entries: i64) -> LiveCounts {
    let mut counts = LiveCounts { with_late_entries, ..LiveCounts::default() };
    for StateCount { state, roster_status, attempts, passed_over } in states {
        counts.with_passed_over_entries += passed_over;
        let place = match roster_status.parse() {
            Ok(RosterStatus::Deferred) => &mut counts.deferred,
            Ok(RosterStatus::Withdrawn) => &mut counts.withdrawn,
            Ok(RosterStatus::Expected) | Err(_) => {
                counts.expected += attempts;
                match state.parse() {
                    Ok(AttemptState::Ready) => &mut counts.ready,
                    Ok(AttemptState::InProgress) => &mut counts.in_progress,
                    Ok(AttemptState::Paused) => &mut counts.paused,
                    Ok(AttemptState::Submitted) => &mut counts.submitted,
                    Ok(AttemptState::Terminated) => &mut counts.terminated,
                    Ok(AttemptState::Absent) => &mut counts.absent,
                    Ok(AttemptState::Scheduled) | Err(_) => &mut counts.scheduled,
                }
            }
        };
        *place += attempts;
    }
    counts
}
